package io.github.claudesessions.internal.supervision;

import io.github.claudesessions.internal.protocol.Continuity;
import io.github.claudesessions.internal.protocol.SessionCore;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Starts the processes of one conversation, one after another. */
public interface Starter {
    /**
     * Starts a process and waits until it is ready.
     *
     * @param from how the conversation goes on
     * @param continuity what there was before and comes after the process
     * @param prepare gets the session before the CLI can write or ask anything
     */
    SessionCore start(Resumption from, Continuity continuity, Consumer<? super SessionCore> prepare);

    /**
     * A process that was started before anybody wanted it, with its place among those that there may be, or null.
     *
     * @param continuity of a conversation that begins
     * @param prepare gets the session before it is returned
     */
    default @Nullable SessionCore spare(Continuity continuity, Consumer<? super SessionCore> prepare) {
        return null;
    }

    /** Where conversations are kept, or null if that is not known here: another transport has them. */
    @Nullable
    Transcripts transcripts();

    /** Whether a session that had the conversation {@code id} may go on with it: the options may name another one. */
    boolean goesOnWith(String id);

    /** How old the session may get, or null. */
    @Nullable
    Duration maxAge();

    /** Whether the conversation can be resumed, so that its process can be given up for a while. */
    boolean persistent();
}
