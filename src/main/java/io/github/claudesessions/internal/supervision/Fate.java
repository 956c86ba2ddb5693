package io.github.claudesessions.internal.supervision;

/** What becomes of a conversation whose process has ended by itself. */
public enum Fate {
    /** It gets another one at once. */
    RESTARTED,

    /** It gets another one when it is used. */
    ASLEEP,

    /** It is over. */
    OVER
}
