package io.github.claudesessions.internal.schema;

/** A value does not fit a type. */
@SuppressWarnings("serial")
public final class MismatchException extends IllegalArgumentException {
    private final Violation violation;

    MismatchException(Violation violation) {
        super(violation.toString());
        this.violation = violation;
    }

    public Violation violation() {
        return violation;
    }
}
