package io.github.claudesessions.testing;

import io.github.claudesessions.testing.ApiRequest.Kind;
import java.util.Map;

/**
 * Tells the turns of a model from what the CLI asks on its own account. Seen with CLI 2.1.330: an agent's requests carry
 * an agent id; every request of an agentic loop, the main one included, names the beta {@code claude-code-20250219},
 * with or without tools; a session's title may not, and
 * asks for JSON of a given form without a tool, where the main loop has a tool for that; compaction and prompt suggestions go on from the main
 * conversation, and only their last message gives them away.
 */
final class RequestKinds {
    private static final String LOOP_BETA = "claude-code-20250219";
    private static final String COMPACTION = "CRITICAL: Respond with TEXT ONLY. Do NOT call any tools.";
    private static final String SUGGESTION = "[SUGGESTION MODE:";

    private RequestKinds() {}

    static Kind of(ApiRequest request) {
        String path = request.path().replaceFirst("\\?.*$", "");
        if (!"POST".equals(request.method()) || !path.startsWith("/v1/messages")) {
            return Kind.OTHER;
        }
        if (path.equals("/v1/messages/count_tokens")) {
            return Kind.COUNT_TOKENS;
        }
        if (!path.equals("/v1/messages")) {
            return Kind.OTHER;
        }
        if (request.sessionId().isEmpty()) {
            return Kind.MAIN;
        }
        String last = request.lastUserText();
        if (last.startsWith(COMPACTION)) {
            return Kind.COMPACTION;
        }
        if (last.contains(SUGGESTION)
                || isFormOnly(request)
                || !request.header("anthropic-beta").orElse("").contains(LOOP_BETA)) {
            return Kind.AUXILIARY;
        }
        return request.agentId().isPresent() ? Kind.SUBAGENT : Kind.MAIN;
    }

    private static boolean isFormOnly(ApiRequest request) {
        return request.tools().isEmpty()
                && request.body().get("output_config") instanceof Map<?, ?> config
                && config.containsKey("format");
    }
}
