package io.github.claudesessions.hook;

import io.github.claudesessions.internal.Check;
import java.util.Map;

/** What a hook says about a prompt that the model has not seen. */
public final class UserPromptSubmitOutput extends HookOutput<UserPromptSubmitOutput> {
    private UserPromptSubmitOutput(Map<String, Object> common, Map<String, Object> specific) {
        super(common, specific);
    }

    /** Nothing. */
    public static UserPromptSubmitOutput proceed() {
        return new UserPromptSubmitOutput(Map.of(), Map.of());
    }

    /**
     * The model never sees the prompt. The turn ends with a success that says so and quotes the prompt, without a request to
     * the model.
     *
     * @param reason why; the CLI shows it to whoever is concerned
     */
    public static UserPromptSubmitOutput block(String reason) {
        return new UserPromptSubmitOutput(
                Map.of("decision", "block", "reason", Check.notBlank("reason", reason)), Map.of());
    }

    /** Tells the model {@code text} in addition. */
    public UserPromptSubmitOutput additionalContext(String text) {
        return specific("additionalContext", Check.notNull("text", text));
    }

    /** Gives the conversation a title. */
    public UserPromptSubmitOutput sessionTitle(String title) {
        return specific("sessionTitle", Check.notNull("title", title));
    }

    /**
     * With {@link #block}: what the user is shown does not quote the prompt. A prompt that is not blocked reaches the model
     * all the same.
     */
    public UserPromptSubmitOutput suppressOriginalPrompt() {
        return specific("suppressOriginalPrompt", true);
    }

    @Override
    UserPromptSubmitOutput make(Map<String, Object> common, Map<String, Object> specific) {
        return new UserPromptSubmitOutput(common, specific);
    }
}
