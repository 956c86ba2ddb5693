package io.github.claudesessions;

import io.github.claudesessions.internal.Timer;
import io.github.claudesessions.internal.protocol.SessionCore;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Looks at the owners of sessions from the shared timer thread: waiting for each would cost a thread each. */
final class OwnerWatch {
    private static final Duration INTERVAL = Duration.ofMillis(100);

    private OwnerWatch() {}

    /** Does not keep the session in memory when it has ended before a stage that lives as long as the application. */
    static void closeAfter(CompletionStage<?> owner, SessionCore core) {
        AtomicReference<@Nullable SessionCore> linked = new AtomicReference<>(core);
        core.released().thenRun(() -> linked.set(null));
        owner.whenComplete((value, failure) -> {
            SessionCore open = linked.get();
            if (open != null) {
                open.closeLater();
            }
        });
    }

    static void closeAfter(Thread owner, SessionCore core) {
        if (core.end() != null) {
            return;
        }
        if (owner.getState() == Thread.State.TERMINATED) {
            core.closeLater();
            return;
        }
        Timer.system().after(INTERVAL, () -> closeAfter(owner, core));
    }
}
