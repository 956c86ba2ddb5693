package io.github.claudesessions.hook;

/** What happens when a hook throws, takes too long, or can't be asked. */
public enum HookFailure {
    /** What is about to happen is prevented. */
    BLOCK,
    /** As if the hook were not there; the failure is in the log. */
    CONTINUE
}
