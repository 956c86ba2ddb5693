package io.github.claudesessions.testing;

import java.util.List;

/** One content block of a scripted message. The deltas of a tool use are its input as JSON text; only it has a name. */
record Block(String type, List<String> deltas, String name) {
    String joined() {
        return String.join("", deltas);
    }

    boolean isToolUse() {
        return type.equals("tool_use");
    }
}
