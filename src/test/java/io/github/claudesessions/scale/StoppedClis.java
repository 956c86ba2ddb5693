package io.github.claudesessions.scale;

import io.github.claudesessions.ClaudeOptions;
import io.github.claudesessions.ClaudeSession;
import io.github.claudesessions.error.SessionClosedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Virtual threads that all write to a CLI that does not read. A program too, for a JVM with other settings. */
final class StoppedClis {
    /** More than the carriers that a JVM may have. */
    static final int MORE_THAN_CARRIERS = 300;

    /**
     * What came of it.
     *
     * @param sessions how many there were
     * @param sleepers how long the host's own virtual threads took meanwhile
     * @param closing how long it took to close all sessions
     * @param freed how many writers were told that their session is closed
     */
    record Outcome(int sessions, Duration sleepers, Duration closing, int freed) {
        boolean good() {
            return sleepers.toMillis() < 100 && closing.toSeconds() < 30 && freed == sessions;
        }
    }

    private StoppedClis() {}

    static Outcome run(int count) {
        ClaudeOptions options = Stub.options(Stub.NEVER_READS).build();
        String prompt = "x".repeat(1 << 20);
        List<ClaudeSession> sessions = new ArrayList<>();
        List<Thread> writers = new ArrayList<>();
        AtomicInteger freed = new AtomicInteger();
        for (int i = 0; i < count; i++) {
            sessions.add(ClaudeSession.open(options));
        }
        for (ClaudeSession session : sessions) {
            writers.add(Thread.startVirtualThread(() -> {
                try {
                    session.query(prompt);
                } catch (SessionClosedException e) {
                    freed.incrementAndGet();
                }
            }));
        }
        if (!Usage.becomes(Duration.ofSeconds(20), () -> Usage.threads("claude-sessions-writer") >= count)) {
            System.out.println("writers: " + Usage.threads("claude-sessions-writer"));
        }
        Duration sleepers = Host.sleepersAtBest();
        Duration closing = Usage.time(() -> {
            List<Thread> closers = new ArrayList<>();
            sessions.forEach(session -> closers.add(Thread.startVirtualThread(session::close)));
            closers.forEach(Host::join);
        });
        writers.forEach(Host::join);
        return new Outcome(count, sleepers, closing, freed.get());
    }

    /** Has as many sessions as the argument says, and exits with 0 if the outcome is good. */
    public static void main(String[] args) {
        Outcome outcome = run(Integer.parseInt(args[0]));
        System.out.println(outcome);
        System.exit(outcome.good() ? 0 : 1);
    }
}
