package io.github.claudesessions.message;

import java.util.Map;

/**
 * A tool call that was not allowed.
 *
 * @param toolName name of the tool
 * @param toolUseId id of the call
 * @param toolInput input of the call
 */
public record PermissionDenial(String toolName, String toolUseId, Map<String, Object> toolInput) {
    /** Copies the collections. */
    public PermissionDenial {
        toolInput = Copies.map(toolInput);
    }
}
