package io.github.claudesessions.internal.protocol;

/** What the reader of a turn hands on while it runs. */
public enum Delivery {
    /** Nothing before the result. */
    RESULT,

    /** Whole messages. */
    MESSAGES,

    /** Also the pieces of messages, as the model writes them. */
    PARTIAL
}
