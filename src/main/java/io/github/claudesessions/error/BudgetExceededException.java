package io.github.claudesessions.error;

/** A limit of the session's budget is reached: the turn was interrupted for that, or was not started. */
@SuppressWarnings("serial")
public final class BudgetExceededException extends ClaudeException {
    private final String limit;
    private final double used;
    private final double allowed;

    public BudgetExceededException(String message, String limit, double used, double allowed) {
        super(message, null);
        this.limit = limit;
        this.used = used;
        this.allowed = allowed;
    }

    /** Which limit: {@code TURNS}, {@code TOKENS}, {@code USD} or {@code TIME}. */
    public String limit() {
        return limit;
    }

    /** How much was used when that was found out: turns, tokens, US dollars, or seconds. */
    public double used() {
        return used;
    }

    /** How much may be. */
    public double allowed() {
        return allowed;
    }
}
