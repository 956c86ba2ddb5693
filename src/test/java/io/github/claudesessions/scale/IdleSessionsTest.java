package io.github.claudesessions.scale;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.claudesessions.ClaudeOptions;
import io.github.claudesessions.ClaudeSession;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many sessions that wait for their next prompt cost little and disturb nobody. */
@Tag("linux")
@Timeout(180)
class IdleSessionsTest {
    private static final int SESSIONS = 300;
    /** The JVM's own: compilers, collectors and carriers come and go. */
    private static final int JVM_THREADS = 12;

    @Test
    void threeHundred() {
        List<ClaudeSession> sessions = new ArrayList<>();
        ClaudeOptions options = Stub.options().build();
        ClaudeSession.open(options).close();
        Duration alone = Host.sleepersAtBest();
        long threads = Usage.threadsWithoutReapers();
        long files = Usage.fileDescriptors();
        long heap = Usage.heap();
        Duration among;
        try {
            for (int i = 0; i < SESSIONS; i++) {
                sessions.add(ClaudeSession.open(options));
            }
            among = Host.sleepersAtBest();
            // the reapers of earlier children, which the JDK uses again, count in full
            double perSession = (Usage.threads() - threads) / (double) SESSIONS;
            System.out.printf(
                    "%d idle sessions: %.2f threads, %.1f file descriptors, %d KiB of heap each; sleepers %d ms, without %d%n",
                    SESSIONS,
                    perSession,
                    (Usage.fileDescriptors() - files) / (double) SESSIONS,
                    (Usage.heap() - heap) / SESSIONS / 1024,
                    among.toMillis(),
                    alone.toMillis());
            assertThat(perSession).isLessThanOrEqualTo(2.2);
            assertThat(among).isLessThan(Duration.ofMillis(100));
        } finally {
            Duration closing = Usage.time(() -> {
                List<Thread> closers = new ArrayList<>();
                sessions.forEach(session -> closers.add(Thread.startVirtualThread(session::close)));
                closers.forEach(Host::join);
            });
            System.out.printf("closing them: %d ms%n", closing.toMillis());
        }
        assertThat(Usage.becomes(Duration.ofSeconds(20), () -> Usage.threads("claude-sessions-pump") == 0))
                .isTrue();
        assertThat(Usage.becomes(
                        Duration.ofSeconds(20),
                        () -> Usage.threadsWithoutReapers() <= threads + JVM_THREADS
                                && Usage.threads("claude-sessions-writer") <= 1))
                .as("threads are %s, were %s", Usage.threadsWithoutReapers(), threads)
                .isTrue();
        assertThat(Usage.becomes(Duration.ofSeconds(5), () -> Usage.fileDescriptors() <= files))
                .as("file descriptors are %s, were %s", Usage.fileDescriptors(), files)
                .isTrue();
    }

    /** The JDK keeps the threads that waited for children for a minute. */
    @Test
    @Tag("long")
    void threadsOfTheJdkGoToo() {
        int before = Usage.threads();
        List<ClaudeSession> sessions = new ArrayList<>();
        for (int i = 0; i < SESSIONS; i++) {
            sessions.add(ClaudeSession.open(Stub.options().build()));
        }
        sessions.forEach(ClaudeSession::close);
        assertThat(Usage.becomes(Duration.ofSeconds(90), () -> Usage.threads() <= before + JVM_THREADS))
                .as("threads are %s, were %s", Usage.threads(), before)
                .isTrue();
    }
}
