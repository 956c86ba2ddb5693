package io.github.claudesessions.message;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The disk is full: something could not be saved. Wire type {@code system/session_writes_lost}.
 *
 * @param errorCode {@code ENOSPC} or {@code EDQUOT}
 * @param lost {@code transcript}, {@code global_config}
 * @param transcriptSessionIds sessions whose transcript has a gap; empty if absent
 */
public record SessionWritesLost(
        @Nullable String uuid,
        @Nullable String sessionId,
        RawJson raw,
        String errorCode,
        List<String> lost,
        List<String> transcriptSessionIds)
        implements SystemMessage {
    /** Copies the collections. */
    public SessionWritesLost {
        lost = List.copyOf(lost);
        transcriptSessionIds = List.copyOf(transcriptSessionIds);
    }
}
