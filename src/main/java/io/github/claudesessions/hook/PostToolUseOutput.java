package io.github.claudesessions.hook;

import io.github.claudesessions.internal.Check;
import java.util.Map;

/** What a hook says about a tool call that has run. */
public final class PostToolUseOutput extends HookOutput<PostToolUseOutput> {
    private PostToolUseOutput(Map<String, Object> common, Map<String, Object> specific) {
        super(common, specific);
    }

    /** Nothing. */
    public static PostToolUseOutput proceed() {
        return new PostToolUseOutput(Map.of(), Map.of());
    }

    /**
     * The model is told that the result is not acceptable, and why. The tool has run nevertheless.
     *
     * @param reason why; the CLI shows it to whoever is concerned
     */
    public static PostToolUseOutput block(String reason) {
        return new PostToolUseOutput(Map.of("decision", "block", "reason", Check.notBlank("reason", reason)), Map.of());
    }

    /** Tells the model {@code text} in addition. */
    public PostToolUseOutput additionalContext(String text) {
        return specific("additionalContext", Check.notNull("text", text));
    }

    /**
     * The model sees {@code output} instead of what the tool returned. It must be as the tool's own output is, for example
     * an object with {@code stdout} and {@code stderr} for {@code Bash}; something else is ignored.
     */
    public PostToolUseOutput updatedToolOutput(Object output) {
        return specific("updatedToolOutput", Check.notNull("output", output));
    }

    /** As {@link #updatedToolOutput}, for the tool of an MCP server. */
    public PostToolUseOutput updatedMcpToolOutput(Object output) {
        return specific("updatedMCPToolOutput", Check.notNull("output", output));
    }

    /** Tells the classifier of permission mode {@code auto}, which runs at the vendor's API, something about the call. */
    public PostToolUseOutput classifierContext(String text) {
        return specific("classifierContext", Check.notNull("text", text));
    }

    @Override
    PostToolUseOutput make(Map<String, Object> common, Map<String, Object> specific) {
        return new PostToolUseOutput(common, specific);
    }
}
