package io.github.claudesessions.internal.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class LatestOnlyTest {
    private final BlockingQueue<Integer> received = new LinkedBlockingQueue<>();
    private final Semaphore taken = new Semaphore(0);
    private final LatestOnly<Integer> notices = new LatestOnly<>("notices", value -> {
        received.add(value);
        taken.acquireUninterruptibly();
        if (value == 100) {
            throw new IllegalStateException("not taken");
        }
    });

    @Test
    void whatComesMeanwhileIsReplaced() throws InterruptedException {
        notices.offer(0);
        assertThat(received.take()).isZero();
        for (int i = 1; i <= 100; i++) {
            notices.offer(i);
        }
        assertThat(received).isEmpty();
        taken.release();
        assertThat(received.take()).isEqualTo(100);
        taken.release();
        notices.offer(101);
        assertThat(received.take()).isEqualTo(101);
        taken.release();
    }
}
