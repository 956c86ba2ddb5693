package io.github.claudesessions.message;

import org.jspecify.annotations.Nullable;

/**
 * What a local command such as {@code /cost} printed. Wire type {@code system/local_command_output}.
 *
 * @param content the text
 */
public record LocalCommandOutput(
        @Nullable String uuid, @Nullable String sessionId, RawJson raw, String content) implements SystemMessage {}
