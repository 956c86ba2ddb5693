package io.github.claudesessions;

import java.util.List;
import java.util.Map;

/**
 * What {@link ClaudeSession#setMcpServers} has changed.
 *
 * @param added the servers that are new
 * @param removed the servers that are gone
 * @param errors why a server could not be connected, by its name
 */
public record McpChanges(List<String> added, List<String> removed, Map<String, String> errors) {
    /** Copies the collections. */
    public McpChanges {
        added = List.copyOf(added);
        removed = List.copyOf(removed);
        errors = Map.copyOf(errors);
    }
}
