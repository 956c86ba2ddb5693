package io.github.claudesessions;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The whole environment of the CLI: what is inherited, what the library sets, what the user sets, in that order. */
final class ChildEnvironment {
    private static final String CLIENT = "claude-sessions-java";

    /** Other ways to sign in; the CLI would send such a token along with the key, or report a conflict. */
    private static final Set<String> TOKENS =
            Set.of("ANTHROPIC_AUTH_TOKEN", "CLAUDE_CODE_OAUTH_TOKEN", "CLAUDE_CODE_OAUTH_TOKEN_FILE_DESCRIPTOR");

    private ChildEnvironment() {}

    static Map<String, String> of(ClaudeOptions options, Host host) {
        Map<String, String> child = host.windows() ? new TreeMap<>(String.CASE_INSENSITIVE_ORDER) : new HashMap<>();
        child.putAll(host.environment());
        options.inheritEnv().applyTo(child, host.windows());
        // one that the CLI counts as a program's: with a name of our own its sessions would count as a person's
        child.put("CLAUDE_CODE_ENTRYPOINT", "sdk-cli");
        child.put("CLAUDE_CODE_SDK_READS_SESSION_STATE", "1");
        child.put("CLAUDE_AGENT_SDK_CLIENT_APP", options.clientApp().orElse(CLIENT));
        if (options.enableFileCheckpointing()) {
            child.put("CLAUDE_CODE_ENABLE_SDK_FILE_CHECKPOINTING", "true");
        }
        options.questionPreviewFormat()
                .ifPresent(format -> child.put("CLAUDE_CODE_QUESTION_PREVIEW_FORMAT", format.value()));
        options.traceContext().ifPresent(trace -> {
            child.put("TRACEPARENT", trace.traceparent());
            child.remove("TRACESTATE");
            if (!trace.tracestate().isEmpty()) {
                child.put("TRACESTATE", trace.tracestate());
            }
        });
        options.maxRetries().ifPresent(retries -> child.put("CLAUDE_CODE_MAX_RETRIES", Integer.toString(retries)));
        if (options.apiKey().isPresent()) {
            child.keySet().removeAll(TOKENS);
        }
        child.putAll(ofOptions(options));
        return child;
    }

    /** The key and the variables that the user sets. */
    static Map<String, String> ofOptions(ClaudeOptions options) {
        Map<String, String> chosen = new HashMap<>();
        options.apiKey().ifPresent(key -> chosen.put("ANTHROPIC_API_KEY", key));
        chosen.putAll(options.env());
        return chosen;
    }

    /** Whether the CLI would believe that it may do what it likes here. */
    static boolean isSandbox(Map<String, String> environment) {
        return "1".equals(environment.get("IS_SANDBOX"))
                || !environment.getOrDefault("CLAUDE_CODE_BUBBLEWRAP", "").isEmpty();
    }
}
