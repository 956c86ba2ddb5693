package io.github.claudesessions.hook;

/**
 * Answers an event. The CLI waits for the answer. Each call is on a virtual thread of its own; several can run at once. A
 * handler may send control requests of its session, but can't start a turn of it. When the CLI no longer wants the
 * answer, the thread is interrupted.
 */
@FunctionalInterface
public interface HookHandler<I extends HookInput, O extends HookOutput<O>> {
    /**
     * What becomes of the event.
     *
     * @throws Exception to fail: at a {@link HookEvent#isGate() gate} what is about to happen is prevented
     */
    O handle(I input) throws Exception;
}
