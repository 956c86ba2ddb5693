package io.github.claudesessions.hook;

import io.github.claudesessions.internal.Check;
import java.util.Map;

/** What a hook says about a command that stands for another text. */
public final class UserPromptExpansionOutput extends HookOutput<UserPromptExpansionOutput> {
    private UserPromptExpansionOutput(Map<String, Object> common, Map<String, Object> specific) {
        super(common, specific);
    }

    /** Nothing. */
    public static UserPromptExpansionOutput proceed() {
        return new UserPromptExpansionOutput(Map.of(), Map.of());
    }

    /**
     * The command is not carried out. The turn ends with a success that says so and quotes it.
     *
     * @param reason why; the CLI shows it to whoever is concerned
     */
    public static UserPromptExpansionOutput block(String reason) {
        return new UserPromptExpansionOutput(
                Map.of("decision", "block", "reason", Check.notBlank("reason", reason)), Map.of());
    }

    /** Tells the model {@code text} in addition. */
    public UserPromptExpansionOutput additionalContext(String text) {
        return specific("additionalContext", Check.notNull("text", text));
    }

    /**
     * With {@link #block}: what the user is shown does not quote the prompt. A prompt that is not blocked reaches the model
     * all the same.
     */
    public UserPromptExpansionOutput suppressOriginalPrompt() {
        return specific("suppressOriginalPrompt", true);
    }

    @Override
    UserPromptExpansionOutput make(Map<String, Object> common, Map<String, Object> specific) {
        return new UserPromptExpansionOutput(common, specific);
    }
}
