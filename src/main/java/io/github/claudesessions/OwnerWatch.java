package io.github.claudesessions;

import io.github.claudesessions.internal.Timer;
import io.github.claudesessions.internal.protocol.Conversation;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Looks at the owners of sessions from the shared timer thread: waiting for each would cost a thread each. */
final class OwnerWatch {
    private static final Duration INTERVAL = Duration.ofMillis(100);

    private OwnerWatch() {}

    /** Does not keep the session in memory when it has ended before a stage that lives as long as the application. */
    static void closeAfter(CompletionStage<?> owner, Conversation conversation) {
        AtomicReference<@Nullable Conversation> linked = new AtomicReference<>(conversation);
        conversation.released().thenRun(() -> linked.set(null));
        owner.whenComplete((value, failure) -> {
            Conversation open = linked.get();
            if (open != null) {
                open.closeLater();
            }
        });
    }

    static void closeAfter(Thread owner, Conversation conversation) {
        if (conversation.over() != null) {
            return;
        }
        if (owner.getState() == Thread.State.TERMINATED) {
            conversation.closeLater();
            return;
        }
        Timer.system().after(INTERVAL, () -> closeAfter(owner, conversation));
    }
}
