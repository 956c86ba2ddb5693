package io.github.claudesessions.internal.protocol;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.github.claudesessions.message.Message;
import java.util.ArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Messages on their way from the pump to one reader. The pump stages what one read of the pipe brought and publishes
 * it at once; the reader takes all that is published at once: one lock each, whatever the number of messages.
 *
 * <p>The reader parks without a {@code Condition}: with one, each message takes 15 % longer to get to a reader that waits.
 */
final class Inbox {
    private final Flow flow;

    // the pump's
    private ArrayList<Message> staged = new ArrayList<>();
    private long stagedBytes;

    @GuardedBy("flow.lock")
    private ArrayList<Message> published = new ArrayList<>();

    @GuardedBy("flow.lock")
    private long publishedBytes;

    @GuardedBy("flow.lock")
    private boolean complete;

    @GuardedBy("flow.lock")
    private boolean discarded;

    @GuardedBy("flow.lock")
    private @Nullable Supplier<? extends RuntimeException> failure;

    /** The reader while it waits. */
    @GuardedBy("flow.lock")
    private @Nullable Thread waiting;

    // the reader's
    private ArrayList<Message> taken = new ArrayList<>();
    private int next;

    Inbox(Flow flow) {
        this.flow = flow;
    }

    /** Pump: adds to what the next {@link #handOver()} hands over. */
    void stage(Message message, int bytes) {
        staged.add(message);
        stagedBytes += bytes;
    }

    /** Pump: waits for room. */
    void awaitRoom() {
        flow.awaitRoom(this::full);
    }

    /** Pump: hands over what is staged, without waiting. */
    void handOver() {
        if (staged.isEmpty()) {
            return;
        }
        Thread reader;
        flow.lock.lock();
        try {
            if (discarded) {
                staged.clear();
            } else if (published.isEmpty()) {
                ArrayList<Message> empty = published;
                published = staged;
                staged = empty;
            } else {
                published.addAll(staged);
                staged.clear();
            }
            publishedBytes = discarded ? 0 : publishedBytes + stagedBytes;
            stagedBytes = 0;
            reader = awaken();
        } finally {
            flow.lock.unlock();
        }
        LockSupport.unpark(reader);
    }

    /** Nothing more comes: the reader gets what is there, then the end. The first end counts. */
    void complete() {
        end(null);
    }

    /** Nothing more comes: the reader gets what is there, then an exception, a new one at each call. */
    void fail(Supplier<? extends RuntimeException> cause) {
        end(cause);
    }

    private void end(@Nullable Supplier<? extends RuntimeException> cause) {
        Thread reader;
        flow.lock.lock();
        try {
            if (!complete) {
                complete = true;
                failure = cause;
            }
            reader = awaken();
        } finally {
            flow.lock.unlock();
        }
        LockSupport.unpark(reader);
    }

    /** Whom to unpark after the lock is free; null if nobody waits. */
    @GuardedBy("flow.lock")
    private @Nullable Thread awaken() {
        Thread reader = waiting;
        waiting = null;
        return reader;
    }

    /** What is there and what comes is dropped, and the pump does not wait for it. Does not end the inbox. */
    void discard() {
        flow.lock.lock();
        try {
            discarded = true;
            published = new ArrayList<>();
            publishedBytes = 0;
            flow.changed();
        } finally {
            flow.lock.unlock();
        }
    }

    /** Reader: the next message, or null at the end. Blocks. */
    @Nullable
    Message take() throws InterruptedException {
        if (next == taken.size() && !refill()) {
            return null;
        }
        Message message = taken.get(next);
        taken.set(next++, null);
        return message;
    }

    private boolean refill() throws InterruptedException {
        taken.clear();
        next = 0;
        boolean more = takeAll();
        Supplier<? extends RuntimeException> cause = more ? null : failure();
        if (cause != null) {
            throw cause.get(); // without the lock: it may wait for the end of the process, which the pump brings about
        }
        return more;
    }

    private @Nullable Supplier<? extends RuntimeException> failure() {
        flow.lock.lock();
        try {
            return failure;
        } finally {
            flow.lock.unlock();
        }
    }

    private boolean takeAll() throws InterruptedException {
        while (true) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            flow.lock.lock();
            try {
                waiting = null;
                if (!published.isEmpty()) {
                    takePublished();
                    return true;
                }
                if (complete) {
                    return false;
                }
                waiting = Thread.currentThread();
            } finally {
                flow.lock.unlock();
            }
            LockSupport.park(this);
        }
    }

    @GuardedBy("flow.lock")
    @SuppressWarnings("NullAway") // slots of `taken` are nulled once read
    private void takePublished() {
        ArrayList<Message> empty = taken;
        taken = published;
        published = empty;
        publishedBytes = 0;
        flow.changed();
    }

    private boolean full() {
        flow.lock.lock();
        try {
            return flow.full(publishedBytes);
        } finally {
            flow.lock.unlock();
        }
    }
}
