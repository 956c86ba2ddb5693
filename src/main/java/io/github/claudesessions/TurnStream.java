package io.github.claudesessions;

import io.github.claudesessions.internal.protocol.TurnSource;
import io.github.claudesessions.message.Message;
import java.util.Spliterator;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A turn as a stream: nothing starts until a terminal operation asks for the first message, no message is asked for
 * before it is wanted, and it never splits, so a parallel stream over a live turn works (with no parallelism).
 */
final class TurnStream implements Spliterator<Message> {
    private static final Logger log = LoggerFactory.getLogger(TurnStream.class);

    private final Supplier<Reading> start;

    /** Outlives an unreachable stream, so that the turn can be ended. */
    private final State state = new State();

    private TurnStream(Supplier<Reading> start) {
        this.start = start;
    }

    /**
     * What a started stream reads.
     *
     * @param turn the turn
     * @param owner kept reachable while the stream is, or null
     * @param whenOver runs once, when the turn has ended or nobody reads on
     */
    record Reading(TurnSource turn, @Nullable Object owner, Runnable whenOver) {}

    static Stream<Message> of(Supplier<Reading> start) {
        TurnStream spliterator = new TurnStream(start);
        return StreamSupport.stream(spliterator, false).onClose(spliterator.state::close);
    }

    @Override
    public boolean tryAdvance(Consumer<? super Message> action) {
        Reading reading = state.started(this);
        boolean more = false;
        try {
            more = reading != null && reading.turn.next(action);
            return more;
        } finally {
            if (!more) {
                state.over();
            }
        }
    }

    @Override
    public @Nullable Spliterator<Message> trySplit() {
        return null;
    }

    @Override
    public long estimateSize() {
        return Long.MAX_VALUE;
    }

    @Override
    public int characteristics() {
        return ORDERED | NONNULL;
    }

    private static final class State implements Runnable {
        private @Nullable Reading reading;
        private boolean closed;

        /** Closed before its last message was read: a reader that is still there must not take that for the end. */
        private boolean cut;

        @Nullable
        Reading started(TurnStream stream) {
            synchronized (this) {
                if (closed || reading != null) {
                    return current();
                }
            }
            Reading fresh = stream.start.get();
            boolean tooLate;
            synchronized (this) {
                reading = fresh;
                tooLate = closed;
            }
            if (tooLate) {
                close();
                return current();
            }
            Unreachables.watch(stream, this);
            return fresh;
        }

        private synchronized @Nullable Reading current() {
            if (cut) {
                throw new IllegalStateException("the rest of this turn was given up: its stream was closed");
            }
            return closed ? null : reading;
        }

        void close() {
            synchronized (this) {
                cut |= reading != null && !reading.turn.read();
                closed = true;
            }
            over();
        }

        void over() {
            Reading ended;
            synchronized (this) {
                ended = reading;
                reading = null; // a finished stream keeps nothing alive
                closed = true;
            }
            if (ended != null) {
                ended.turn.close();
                ended.whenOver.run();
            }
        }

        /** The stream is unreachable. */
        @Override
        public void run() {
            boolean forgotten;
            synchronized (this) {
                forgotten = !closed;
            }
            if (forgotten) {
                log.warn("A stream of a turn was dropped without being read to its end or closed; the turn is"
                        + " interrupted. Use try-with-resources.");
                close();
            }
        }
    }
}
