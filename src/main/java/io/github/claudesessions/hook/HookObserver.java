package io.github.claudesessions.hook;

/**
 * Takes note of an event, while the CLI goes on. Each call is on a virtual thread of its own, without a time limit. Nothing
 * waits for it: the time limits of turns go on, and it is interrupted when the process of its session ends, also if that is
 * because the session is not in use for a while.
 */
@FunctionalInterface
public interface HookObserver<I extends HookInput> {
    /**
     * Takes note.
     *
     * @throws Exception to have it logged
     */
    void observe(I input) throws Exception;
}
