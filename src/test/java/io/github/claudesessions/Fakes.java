package io.github.claudesessions;

import io.github.claudesessions.testing.FakeClaude;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;

/** What tests of sessions on a {@link FakeClaude} share. */
final class Fakes {
    private Fakes() {}

    static ClaudeOptions options(FakeClaude fake) {
        return ClaudeOptions.builder().transport(fake).build();
    }

    static ClaudeSession open(FakeClaude fake) {
        return ClaudeSession.open(options(fake));
    }

    /** Runs {@code call} on a thread of its own. */
    static <T> CompletableFuture<T> async(Supplier<T> call) {
        return CompletableFuture.supplyAsync(call, Thread::startVirtualThread);
    }

    static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    static <T> T take(BlockingQueue<T> queue) {
        try {
            return queue.take();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns when {@code thread} waits for something. */
    static void awaitWaiting(Thread thread) {
        while (thread.getState() != Thread.State.WAITING && thread.getState() != Thread.State.TERMINATED) {
            Thread.onSpinWait();
        }
    }
}
