package io.github.claudesessions.message;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Memories were put into the conversation. Wire type {@code system/memory_recall}.
 *
 * @param mode {@code select} or {@code synthesize}
 * @param memories the memories
 */
public record MemoryRecall(
        @Nullable String uuid, @Nullable String sessionId, RawJson raw, String mode, List<Memory> memories)
        implements SystemMessage {
    /** Copies the collections. */
    public MemoryRecall {
        memories = List.copyOf(memories);
    }

    /**
     * A memory file.
     *
     * @param path its path
     * @param scope {@code personal}, {@code team} or {@code organization}
     * @param content its text, or null
     */
    public record Memory(
            String path, String scope, @Nullable String content) {}
}
