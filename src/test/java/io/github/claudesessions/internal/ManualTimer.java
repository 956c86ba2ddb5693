package io.github.claudesessions.internal;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** A clock whose hands the test turns. Alarms ring on the thread that turns them. */
public final class ManualTimer implements Timer {
    private record Entry(Duration delay, long due, Runnable task) {}

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    @GuardedBy("lock")
    private final List<Entry> waiting = new ArrayList<>();

    @GuardedBy("lock")
    private long now;

    @Override
    public long nanoTime() {
        lock.lock();
        try {
            return now;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Alarm after(Duration delay, Runnable task) {
        lock.lock();
        try {
            Entry entry = new Entry(delay, now + delay.toNanos(), task);
            waiting.add(entry);
            changed.signalAll();
            return () -> cancel(entry);
        } finally {
            lock.unlock();
        }
    }

    private void cancel(Entry entry) {
        lock.lock();
        try {
            waiting.removeIf(other -> other == entry);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Lets {@code duration} pass, and rings what is due, in order. */
    public void advance(Duration duration) {
        long until = nanoTime() + duration.toNanos();
        for (Runnable task = next(until); task != null; task = next(until)) {
            task.run();
        }
    }

    private @Nullable Runnable next(long until) {
        lock.lock();
        try {
            Entry entry = waiting.stream()
                    .filter(other -> other.due <= until)
                    .min(Comparator.comparingLong(Entry::due))
                    .orElse(null);
            if (entry == null) {
                now = until;
                return null;
            }
            waiting.remove(entry);
            now = Math.max(now, entry.due);
            return entry.task;
        } finally {
            lock.unlock();
        }
    }

    /** How many alarms have been set to {@code delay} and wait. */
    public long waiting(Duration delay) {
        lock.lock();
        try {
            return waiting.stream().filter(entry -> entry.delay.equals(delay)).count();
        } finally {
            lock.unlock();
        }
    }

    /** How many alarms wait. */
    public int waiting() {
        lock.lock();
        try {
            return waiting.size();
        } finally {
            lock.unlock();
        }
    }

    /** Returns when {@code count} alarms that were set to {@code delay} wait. */
    public void await(Duration delay, int count) throws InterruptedException {
        lock.lock();
        try {
            while (waiting(delay) != count) {
                changed.await();
            }
        } finally {
            lock.unlock();
        }
    }
}
