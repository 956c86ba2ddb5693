package io.github.claudesessions.internal.supervision;

import io.github.claudesessions.internal.protocol.Probe;
import io.github.claudesessions.internal.protocol.SessionCore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks processes that are in no turn whether they are there, all at the same time. One that does not answer is ended as
 * if it had failed. Turns are left to their own limits. A probe is no use of the session: it keeps none from being idle.
 */
public final class Probes {
    private static final Logger log = LoggerFactory.getLogger(Probes.class);

    private Probes() {}

    /** Begins. */
    public static Rounds begin(Fleet fleet, Duration interval, Duration limit) {
        return Rounds.every(interval, fleet.settings().timer(), () -> round(fleet, limit));
    }

    private static void round(Fleet fleet, Duration limit) {
        List<Thread> probes = new ArrayList<>();
        for (Member member : fleet.awake()) {
            SessionCore core = member.latest();
            if (core != null && core.end() == null && !core.inTurn()) {
                probes.add(Thread.startVirtualThread(() -> probe(member, core, limit)));
            }
        }
        for (Thread probe : probes) {
            try {
                probe.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private static void probe(Member member, SessionCore core, Duration limit) {
        @Nullable String trouble = Probe.trouble(core, limit);
        if (trouble != null && core.end() == null) {
            log.warn("Session \"{}\" is unhealthy: {}", member.name(), trouble);
            core.closeLater(trouble); // its member sees a process that has ended without being asked to
        }
    }
}
