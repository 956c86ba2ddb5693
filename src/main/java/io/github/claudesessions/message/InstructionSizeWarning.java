package io.github.claudesessions.message;

import org.jspecify.annotations.Nullable;

/**
 * The instruction files are large. Wire type {@code system/instruction_size_warning}.
 *
 * @param totalChars their size in characters
 * @param totalLimitChars the size they should not exceed
 * @param fileCount how many there are
 * @param largestChars size of the largest, or null
 */
public record InstructionSizeWarning(
        @Nullable String uuid,
        @Nullable String sessionId,
        RawJson raw,
        long totalChars,
        long totalLimitChars,
        int fileCount,
        @Nullable Long largestChars)
        implements SystemMessage {}
