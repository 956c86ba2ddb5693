package io.github.claudesessions.scale;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What an application that embeds the library does besides. */
public final class Host {
    private Host() {}

    /** How long 100 virtual threads take that sleep 10 ms each. */
    static Duration sleepers() {
        return Usage.time(() -> {
            List<Thread> sleepers = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                sleepers.add(Thread.startVirtualThread(() -> sleep(10)));
            }
            sleepers.forEach(Host::join);
        });
    }

    /** The best of a few: other processes share the machine, and one slow run says nothing about this JVM. */
    public static Duration sleepersAtBest() {
        Duration best = sleepers();
        for (int i = 0; i < 4; i++) {
            Duration next = sleepers();
            best = next.compareTo(best) < 0 ? next : best;
        }
        return best;
    }

    /** Runs {@code action} on {@code count} virtual threads and waits for all of them. */
    static void parallel(int count, Runnable action) {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            threads.add(Thread.startVirtualThread(action));
        }
        threads.forEach(Host::join);
    }

    static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
