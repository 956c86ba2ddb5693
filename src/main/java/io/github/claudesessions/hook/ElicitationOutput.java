package io.github.claudesessions.hook;

import io.github.claudesessions.internal.Check;
import io.github.claudesessions.internal.Frozen;
import java.util.Map;

/** What a hook says about the question of an MCP server, or about its answer. */
public final class ElicitationOutput extends HookOutput<ElicitationOutput> {
    private ElicitationOutput(Map<String, Object> common, Map<String, Object> specific) {
        super(common, specific);
    }

    /** Nothing. */
    public static ElicitationOutput proceed() {
        return new ElicitationOutput(Map.of(), Map.of());
    }

    /** Answers instead of the user, with what the schema of the question asks for. */
    public static ElicitationOutput accept(Map<String, ?> content) {
        return new ElicitationOutput(
                Map.of(), Map.of("action", "accept", "content", Frozen.map(Check.notNull("content", content))));
    }

    /** The question is declined. */
    public static ElicitationOutput decline() {
        return new ElicitationOutput(Map.of(), Map.of("action", "decline"));
    }

    /** The question is put aside. */
    public static ElicitationOutput cancel() {
        return new ElicitationOutput(Map.of(), Map.of("action", "cancel"));
    }

    @Override
    ElicitationOutput make(Map<String, Object> common, Map<String, Object> specific) {
        return new ElicitationOutput(common, specific);
    }
}
