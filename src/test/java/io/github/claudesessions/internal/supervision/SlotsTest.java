package io.github.claudesessions.internal.supervision;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class SlotsTest {
    private final Slots slots = new Slots(2);

    @Test
    void soManyAndNoMore() {
        assertThat(slots.take()).isDone();
        assertThat(slots.take()).isDone();
        assertThat(slots.take()).isNotDone();
        assertThat(slots.used()).isEqualTo(2);
        assertThat(slots.waiting()).isEqualTo(1);
    }

    @Test
    void thoseWhoWaitGetTheirsInOrder() {
        slots.take();
        slots.take();
        CompletableFuture<Void> first = slots.take();
        CompletableFuture<Void> second = slots.take();
        slots.release();
        assertThat(first).isDone();
        assertThat(second).isNotDone();
        slots.release();
        assertThat(second).isDone();
        assertThat(slots.used()).isEqualTo(2);
    }

    @Test
    void whoeverGivesUpLosesNothingForTheOthers() {
        slots.take();
        slots.take();
        CompletableFuture<Void> first = slots.take();
        CompletableFuture<Void> second = slots.take();
        slots.giveUp(first);
        slots.release();
        assertThat(second).isDone();
        CompletableFuture<Void> third = slots.take();
        slots.release();
        slots.giveUp(third); // it has just got one
        assertThat(slots.used()).isEqualTo(1);
        assertThat(slots.take()).isDone();
    }

    @Test
    void holdsWhenManyPullAtIt() throws InterruptedException {
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch go = new CountDownLatch(1);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            threads.add(Thread.startVirtualThread(() -> {
                try {
                    go.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
                for (int round = 0; round < 100; round++) {
                    slots.take().join();
                    most.accumulateAndGet(now.incrementAndGet(), Math::max);
                    now.decrementAndGet();
                    slots.release();
                }
            }));
        }
        go.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(most.get()).isBetween(1, 2);
        assertThat(slots.used()).isZero();
    }
}
