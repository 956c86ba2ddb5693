package io.github.claudesessions.message;

import org.jspecify.annotations.Nullable;

/**
 * What the session waits for, or that its permission mode changed. Wire type {@code system/status}.
 *
 * @param status what it waits for, null for nothing
 * @param permissionMode the permission mode from now on, or null
 * @param compactResult {@code success} or {@code failed} after a compaction, or null
 * @param compactError why it failed, or null
 */
public record StatusMessage(
        @Nullable String uuid,
        @Nullable String sessionId,
        RawJson raw,
        @Nullable StatusKind status,
        @Nullable PermissionMode permissionMode,
        @Nullable String compactResult,
        @Nullable String compactError)
        implements SystemMessage {}
