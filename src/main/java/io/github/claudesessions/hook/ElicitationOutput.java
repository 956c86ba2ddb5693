package io.github.claudesessions.hook;

import java.util.Map;

/**
 * What a hook says about the question of an MCP server, or about its answer. A hook can't answer: the CLI leaves that out
 * of what the code of a host says. An {@link io.github.claudesessions.elicitation.ElicitationHandler ElicitationHandler}
 * answers.
 */
public final class ElicitationOutput extends HookOutput<ElicitationOutput> {
    private ElicitationOutput(Map<String, Object> common, Map<String, Object> specific) {
        super(common, specific);
    }

    /** Nothing. */
    public static ElicitationOutput proceed() {
        return new ElicitationOutput(Map.of(), Map.of());
    }

    /** The question is declined, also if it has been answered. */
    public static ElicitationOutput decline() {
        return new ElicitationOutput(Map.of("decision", "block"), Map.of("action", "decline"));
    }

    @Override
    ElicitationOutput make(Map<String, Object> common, Map<String, Object> specific) {
        return new ElicitationOutput(common, specific);
    }
}
