package io.github.claudesessions.error;

/** What became of the prompt of a turn that its process did not survive. */
public enum PromptFate {
    /** It did not leave this JVM. It can be sent again. */
    NOT_SENT,

    /** It was sent, and the conversation on disk does not have it. It can be sent again, unless a tool had started. */
    LOST,

    /** The conversation has it: the model will see it when the conversation goes on. */
    KEPT,

    /** It was sent, and the conversation can't be looked into: another transport has it. */
    UNKNOWN
}
