package io.github.claudesessions.message;

import java.util.Map;

/**
 * A tool call that a hook put off; the turn ended before it.
 *
 * @param id id of the call
 * @param name name of the tool
 * @param input input of the call
 */
public record DeferredToolUse(String id, String name, Map<String, Object> input) {
    /** Copies the collections. */
    public DeferredToolUse {
        input = Copies.map(input);
    }
}
