package io.github.claudesessions;

/**
 * How much of its thinking the model shows. An open set; the CLI does not start with a value that it does not know.
 *
 * @param value the name on the wire
 */
public record ThinkingDisplay(String value) {
    /** A summary of it. */
    public static final ThinkingDisplay SUMMARIZED = new ThinkingDisplay("summarized");

    /** Nothing of it. */
    public static final ThinkingDisplay OMITTED = new ThinkingDisplay("omitted");

    /** Single points of it. */
    public static final ThinkingDisplay HIGHLIGHTS = new ThinkingDisplay("highlights");

    /** Refuses a name that is not one word. */
    public ThinkingDisplay {
        Rules.word("thinkingDisplay", value);
    }

    @Override
    public String toString() {
        return value;
    }
}
