package io.github.claudesessions;

import io.github.claudesessions.internal.Timer;
import io.github.claudesessions.internal.protocol.SessionCore;
import java.time.Duration;

/** Looks at the owners of sessions from the shared timer thread: waiting for each would cost a thread each. */
final class OwnerWatch {
    private static final Duration INTERVAL = Duration.ofMillis(100);

    private OwnerWatch() {}

    static void closeAfter(Thread owner, SessionCore core) {
        if (core.end() != null) {
            return;
        }
        if (!owner.isAlive()) {
            core.closeLater();
            return;
        }
        Timer.system().after(INTERVAL, () -> closeAfter(owner, core));
    }
}
