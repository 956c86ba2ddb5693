package io.github.claudesessions.internal.protocol;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.github.claudesessions.message.Message;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells listeners every message, in order, on one virtual thread per session that exists while somebody listens. */
final class Listeners {
    private static final Logger log = LoggerFactory.getLogger(Listeners.class);

    private final Flow flow;
    private final Object session;
    private final ReentrantLock lock = new ReentrantLock();

    @GuardedBy("lock")
    private boolean ended;

    private volatile @Nullable Audience audience;

    /** Those who listen at the same time, and what they are to be told; a later audience is told nothing of it. */
    private record Audience(Inbox inbox, List<Consumer<? super Message>> listeners) {}

    Listeners(Flow flow, Object session) {
        this.flow = flow;
        this.session = session;
    }

    Runnable add(Consumer<? super Message> listener) {
        Consumer<? super Message> entry = message -> listener.accept(message); // removed by identity
        lock.lock();
        try {
            Audience current = audience;
            if (current != null) {
                current.listeners.add(entry);
            } else if (!ended) {
                Audience fresh = new Audience(new Inbox(flow), new CopyOnWriteArrayList<>(List.of(entry)));
                audience = fresh;
                Thread.ofVirtual()
                        .name("claude-sessions-listeners")
                        .inheritInheritableThreadLocals(false)
                        .start(() -> tell(fresh));
            }
        } finally {
            lock.unlock();
        }
        return () -> remove(entry);
    }

    private void remove(Consumer<? super Message> entry) {
        lock.lock();
        try {
            Audience current = audience;
            if (current != null && current.listeners.remove(entry) && current.listeners.isEmpty()) {
                audience = null;
                current.inbox.complete();
                current.inbox.discard();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Pump. */
    void stage(Message message, int bytes) {
        Audience current = audience;
        if (current != null) {
            current.inbox.stage(message, bytes);
        }
    }

    /** Pump. */
    void handOver() {
        Audience current = audience;
        if (current != null) {
            current.inbox.handOver();
        }
    }

    /** Pump. */
    void awaitRoom() {
        Audience current = audience;
        if (current != null) {
            current.inbox.awaitRoom();
        }
    }

    void end() {
        lock.lock();
        try {
            ended = true;
            Audience current = audience;
            if (current != null) {
                current.inbox.complete();
            }
        } finally {
            lock.unlock();
        }
    }

    private void tell(Audience told) {
        Inbox source = told.inbox;
        Callbacks.runOnOwnThread(session, () -> {
            try {
                for (Message message = source.take(); message != null; message = source.take()) {
                    for (Consumer<? super Message> listener : told.listeners) {
                        tell(listener, message);
                    }
                }
            } catch (InterruptedException e) {
                log.debug("The thread of the listeners was interrupted");
            }
        });
    }

    private static void tell(Consumer<? super Message> listener, Message message) {
        try {
            listener.accept(message);
        } catch (Throwable e) { // also a checked one that was thrown unseen: the others still listen
            log.warn("A message listener failed on {}", message.getClass().getSimpleName(), e);
        }
        if (Thread.interrupted()) {
            log.debug("A message listener left its thread interrupted");
        }
    }
}
