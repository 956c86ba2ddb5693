package io.github.claudesessions.hook;

/** Takes note of an event, while the CLI goes on. Each call is on a virtual thread of its own. */
@FunctionalInterface
public interface HookObserver<I extends HookInput> {
    /**
     * Takes note.
     *
     * @throws Exception to have it logged
     */
    void observe(I input) throws Exception;
}
