package io.github.claudesessions.internal.supervision;

import io.github.claudesessions.internal.protocol.Changes;
import org.jspecify.annotations.Nullable;

/**
 * How a conversation goes on in a new process.
 *
 * @param sessionId the id that it has, or null if only the options know it
 * @param resumed whether the conversation is there to be resumed; if not, it begins, under that id
 * @param changes what was changed at run time, or null if there was no process yet
 * @param sameOptions whether the options are the same as when the conversation had its latest process
 * @param dropped the turn that is to be forgotten, or null
 */
public record Resumption(
        @Nullable String sessionId,
        boolean resumed,
        @Nullable Changes changes,
        boolean sameOptions,
        @Nullable Dropped dropped) {
    /**
     * A turn that was cut off and will be run again.
     *
     * @param promptUuid its prompt
     * @param after the uuid of the message before it
     */
    public record Dropped(String promptUuid, String after) {}
}
