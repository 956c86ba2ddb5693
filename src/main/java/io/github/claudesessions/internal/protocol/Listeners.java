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
    private final List<Consumer<? super Message>> listeners = new CopyOnWriteArrayList<>();
    private final ReentrantLock lock = new ReentrantLock();

    @GuardedBy("lock")
    private boolean ended;

    private volatile @Nullable Inbox inbox;

    Listeners(Flow flow, Object session) {
        this.flow = flow;
        this.session = session;
    }

    Runnable add(Consumer<? super Message> listener) {
        Consumer<? super Message> entry = message -> listener.accept(message); // removed by identity
        lock.lock();
        try {
            listeners.add(entry);
            if (inbox == null && !ended) {
                Inbox fresh = new Inbox(flow);
                inbox = fresh;
                Thread.ofVirtual().name("claude-sessions-listeners").start(() -> tell(fresh));
            }
        } finally {
            lock.unlock();
        }
        return () -> remove(entry);
    }

    private void remove(Consumer<? super Message> entry) {
        lock.lock();
        try {
            listeners.remove(entry);
            Inbox current = inbox;
            if (listeners.isEmpty() && current != null) {
                inbox = null;
                current.complete();
                current.discard();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Pump. */
    void stage(Message message, int bytes) {
        Inbox current = inbox;
        if (current != null) {
            current.stage(message, bytes);
        }
    }

    /** Pump. */
    void publish() {
        Inbox current = inbox;
        if (current != null) {
            current.publish();
        }
    }

    void end() {
        lock.lock();
        try {
            ended = true;
            Inbox current = inbox;
            if (current != null) {
                current.complete();
            }
        } finally {
            lock.unlock();
        }
    }

    private void tell(Inbox source) {
        Callbacks.inCallbackOf(session, () -> {
            try {
                for (Message message = source.take(); message != null; message = source.take()) {
                    for (Consumer<? super Message> listener : listeners) {
                        tell(listener, message);
                    }
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private static void tell(Consumer<? super Message> listener, Message message) {
        try {
            listener.accept(message);
        } catch (RuntimeException | Error e) {
            log.warn("A message listener failed on {}", message.getClass().getSimpleName(), e);
        }
    }
}
