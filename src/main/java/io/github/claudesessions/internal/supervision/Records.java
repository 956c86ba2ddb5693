package io.github.claudesessions.internal.supervision;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.claudesessions.control.Cost;
import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What outlives this JVM: which conversation each name has, and which processes run. Never fails the caller. */
public interface Records extends AutoCloseable {
    /** Keeps nothing. */
    Records NONE = new Records() {
        @Override
        public @Nullable Remembered remembered(String name) {
            return null;
        }

        @Override
        public boolean remember(String name, Remembered conversation) {
            return true;
        }

        @Override
        public void forget(String name) {}

        @Override
        public Runnable started(long pid, @Nullable String sessionId) {
            return () -> {};
        }

        @Override
        public void close() {}
    };

    /**
     * What is kept in {@code folder}, or nothing if that is null.
     *
     * @throws io.github.claudesessions.error.LaunchException if it can't be used
     */
    static Records in(@Nullable Path folder) {
        return folder == null ? NONE : StateFolder.open(folder);
    }

    /**
     * A conversation of an earlier JVM.
     *
     * @param sessionId its id
     * @param spoken whether a turn has ended, so that the conversation must be there
     * @param changes what was changed at run time, as {@link io.github.claudesessions.internal.protocol.Changes} writes it
     * @param spent what it has spent
     * @param opened when it was opened
     */
    record Remembered(String sessionId, boolean spoken, ObjectNode changes, Cost spent, Instant opened) {
        /** The changes may have what servers are logged in to with. */
        @Override
        public String toString() {
            return "Remembered[" + sessionId + "]";
        }
    }

    /**
     * The conversation of that name, or null.
     *
     * @throws io.github.claudesessions.error.LaunchException if there is something that can't be read: nothing may begin
     *     under the name, because nobody knows what was forbidden to it
     * @throws io.github.claudesessions.error.SessionInUseException if a process of an earlier JVM, which could not be
     *     ended, still has it
     */
    @Nullable
    Remembered remembered(String name);

    /** Whether it is kept now; why it is not is logged. */
    boolean remember(String name, Remembered conversation);

    void forget(String name);

    /**
     * Notes a process.
     *
     * @return to be called when it is gone
     */
    Runnable started(long pid, @Nullable String sessionId);

    @Override
    void close();
}
