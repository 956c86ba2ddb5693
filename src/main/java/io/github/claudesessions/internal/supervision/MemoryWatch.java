package io.github.claudesessions.internal.supervision;

import io.github.claudesessions.internal.protocol.SessionCore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.LongUnaryOperator;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps processes below ceilings of memory. One over its own gives way as soon as it is idle; at twice that it is ended
 * at once, as if it had failed. When all together are over theirs, idle ones give way, the least recently used first.
 * Spare ones are kept only while there is room for them beside the others.
 */
public final class MemoryWatch {
    /** How often the system is asked. */
    public static final Duration INTERVAL = Duration.ofSeconds(5);

    private static final Logger log = LoggerFactory.getLogger(MemoryWatch.class);

    private final Fleet fleet;
    private final long each;
    private final long all;
    private final Supplier<LongUnaryOperator> look;

    private MemoryWatch(Fleet fleet, long each, long all, Supplier<LongUnaryOperator> look) {
        this.fleet = fleet;
        this.each = each;
        this.all = all;
        this.look = look;
    }

    /**
     * Begins.
     *
     * @param each how many bytes a process may have, with its children
     * @param all how many all of them may have
     * @param look says at one moment how many a process has by its id, 0 if that is not known
     */
    public static Rounds begin(Fleet fleet, long each, long all, Supplier<LongUnaryOperator> look) {
        return Rounds.every(INTERVAL, fleet.settings().timer(), new MemoryWatch(fleet, each, all, look)::round);
    }

    private record Weighed(Member member, SessionCore core, long bytes) {}

    private void round() {
        List<Weighed> rest = new ArrayList<>();
        for (Weighed process : weigh()) {
            if (!relieved(process)) {
                rest.add(process);
            }
        }
        long sum = rest.stream().mapToLong(Weighed::bytes).sum();
        fleet.reserve().fitInto(sum, all);
        rest.sort(
                Comparator.comparingLong(process -> process.member().lifecycle().lastUsed()));
        for (Weighed process : rest) {
            if (sum <= all) {
                return;
            }
            if (process.member().lifecycle().hibernate()) {
                log.info(
                        "Session \"{}\" gives its process up: all together use {} MiB, more than maxMemory ({} MiB)",
                        process.member().name(),
                        sum >> 20,
                        all >> 20);
                sum -= process.bytes();
            }
        }
    }

    private List<Weighed> weigh() {
        List<Weighed> found = new ArrayList<>();
        LongUnaryOperator resident = look.get();
        for (Member member : fleet.awake()) {
            SessionCore core = member.latest();
            long pid = core == null || core.end() != null ? -1 : core.pid();
            if (core != null && pid != -1) {
                found.add(new Weighed(member, core, resident.applyAsLong(pid)));
            }
        }
        return found;
    }

    /** Whether the process was too big by itself, and goes. */
    private boolean relieved(Weighed process) {
        if (process.bytes() <= each) {
            return false;
        }
        String text = "its process uses %d MiB, more than maxMemoryPerProcess (%d MiB)"
                .formatted(process.bytes() >> 20, each >> 20);
        String name = process.member().name();
        if (process.member().lifecycle().hibernate()) {
            log.info("Session \"{}\" gives its process up: {}", name, text);
            return true;
        }
        if (process.bytes() / 2 > each) {
            log.warn("The process of session \"{}\" is ended in the middle of its work: {}", name, text);
            process.core().closeLater(text + ", and twice as much");
            return true;
        }
        return false;
    }
}
