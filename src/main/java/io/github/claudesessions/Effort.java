package io.github.claudesessions;

/**
 * How hard the model works on an answer. An open set: a level that a newer CLI knows can be made from its name. With one
 * that the CLI does not know a session does not open; one that the model does not have is lowered by the CLI, or left out.
 *
 * @param value the name on the wire
 */
public record Effort(String value) {
    /** The least. */
    public static final Effort LOW = new Effort("low");

    /** Between {@link #LOW} and {@link #HIGH}. */
    public static final Effort MEDIUM = new Effort("medium");

    /** Between {@link #MEDIUM} and {@link #XHIGH}. */
    public static final Effort HIGH = new Effort("high");

    /** Between {@link #HIGH} and {@link #MAX}. */
    public static final Effort XHIGH = new Effort("xhigh");

    /** The most. */
    public static final Effort MAX = new Effort("max");

    /** Refuses a name that is not one word. */
    public Effort {
        Rules.word("effort", value);
    }

    @Override
    public String toString() {
        return value;
    }
}
