package io.github.claudesessions.hook;

import org.jspecify.annotations.Nullable;

/**
 * One hook: an event, and who is told. Either {@code handler} or {@code observer} is null.
 *
 * @param event the event
 * @param settings when it runs, and for how long
 * @param handler answers the event, or null
 * @param observer takes note of the event while the CLI goes on, or null
 */
public record Hook<I extends HookInput, O extends HookOutput<O>>(
        HookEvent<I, O> event,
        HookSettings settings,
        @Nullable HookHandler<? super I, O> handler,
        @Nullable HookObserver<? super I> observer) {
    /** Whether a failure of this hook prevents what is about to happen. */
    public boolean blocksOnFailure() {
        HookFailure chosen = settings.onFailure();
        return handler != null && (chosen == null ? event.isGate() : chosen == HookFailure.BLOCK);
    }
}
