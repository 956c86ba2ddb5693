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
    private static final int SESSIONS = 300;

    /**
     * What came of it.
     *
     * @param sleepers how long the host's own virtual threads took meanwhile
     * @param closing how long it took to close all sessions
     * @param freed how many writers were told that their session is closed
     */
    record Outcome(Duration sleepers, Duration closing, int freed) {
        boolean good() {
            return sleepers.toMillis() < 100 && closing.toSeconds() < 30 && freed == SESSIONS;
        }
    }

    private StoppedClis() {}

    static Outcome run() {
        ClaudeOptions options = Stub.options(Stub.NEVER_READS).build();
        String prompt = "x".repeat(1 << 20);
        List<ClaudeSession> sessions = new ArrayList<>();
        List<Thread> writers = new ArrayList<>();
        AtomicInteger freed = new AtomicInteger();
        for (int i = 0; i < SESSIONS; i++) {
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
        if (!Usage.becomes(Duration.ofSeconds(20), () -> Usage.threads("claude-sessions-writer") >= SESSIONS)) {
            System.out.println("writers: " + Usage.threads("claude-sessions-writer"));
        }
        Duration sleepers = Host.sleepersAtBest();
        Duration closing = Usage.time(() -> {
            List<Thread> closers = new ArrayList<>();
            sessions.forEach(session -> closers.add(Thread.startVirtualThread(session::close)));
            closers.forEach(Host::join);
        });
        writers.forEach(Host::join);
        return new Outcome(sleepers, closing, freed.get());
    }

    /** Exits with 0 if the outcome is good. */
    public static void main(String[] args) {
        Outcome outcome = run();
        System.out.println(outcome);
        System.exit(outcome.good() ? 0 : 1);
    }
}
