package io.github.claudesessions.message;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The conversation before this message was replaced by a summary. Wire type {@code system/compact_boundary}.
 *
 * @param compactMetadata what was done
 */
public record CompactBoundary(
        @Nullable String uuid, @Nullable String sessionId, RawJson raw, Metadata compactMetadata)
        implements SystemMessage {

    /**
     * Facts of a compaction.
     *
     * @param trigger who asked for it
     * @param preTokens tokens before
     * @param postTokens tokens after, or null
     * @param durationMs time in milliseconds, or null
     * @param preservedSegment {@code head_uuid}, {@code anchor_uuid} and {@code tail_uuid} of what was kept; empty if
     *     absent
     * @param preservedMessages {@code anchor_uuid} and {@code uuids} of what was kept; empty if absent
     */
    public record Metadata(
            CompactTrigger trigger,
            long preTokens,
            @Nullable Long postTokens,
            @Nullable Long durationMs,
            Map<String, Object> preservedSegment,
            Map<String, Object> preservedMessages) {
        /** Copies the collections. */
        public Metadata {
            preservedSegment = Copies.map(preservedSegment);
            preservedMessages = Copies.map(preservedMessages);
        }
    }
}
