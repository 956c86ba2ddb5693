package io.github.claudesessions.internal.supervision;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayDeque;
import java.util.concurrent.CompletableFuture;

/** How many processes there may be at a time, and who waits for one, in order. A slot is free when its process is gone. */
final class Slots {
    private final int max;

    @GuardedBy("this")
    private int used;

    @GuardedBy("this")
    private final ArrayDeque<CompletableFuture<Void>> waiting = new ArrayDeque<>();

    Slots(int max) {
        this.max = max;
    }

    /** Completes when the caller has a slot. Whoever waits no longer must {@link #giveUp} it. */
    synchronized CompletableFuture<Void> take() {
        CompletableFuture<Void> slot = new CompletableFuture<>();
        if (used < max && waiting.isEmpty()) {
            used++;
            slot.complete(null);
        } else {
            waiting.addLast(slot);
        }
        return slot;
    }

    /** Takes a slot if one is free and nobody waits for it. */
    synchronized boolean takeSpare() {
        boolean free = used < max && waiting.isEmpty();
        used += free ? 1 : 0;
        return free;
    }

    /** Waits for {@code slot} no longer; one that it got meanwhile is released. */
    void giveUp(CompletableFuture<Void> slot) {
        boolean waited;
        synchronized (this) {
            waited = waiting.removeIf(other -> other == slot);
        }
        if (!waited) {
            release();
        }
    }

    void release() {
        CompletableFuture<Void> next;
        synchronized (this) {
            next = waiting.pollFirst();
            used -= next == null ? 1 : 0;
        }
        if (next != null) {
            next.complete(null);
        }
    }

    int max() {
        return max;
    }

    synchronized int used() {
        return used;
    }

    synchronized int waiting() {
        return waiting.size();
    }
}
