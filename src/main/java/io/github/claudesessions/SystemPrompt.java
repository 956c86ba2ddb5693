package io.github.claudesessions;

import io.github.claudesessions.internal.Check;
import java.util.Optional;

/** The system prompt of a session. It travels on stdin, never on the command line; {@code toString} hides its text. */
public sealed interface SystemPrompt {
    /**
     * This text and nothing else. The empty text is a session without a system prompt.
     *
     * @param text the whole prompt; 5 MB are no problem for the CLI, whatever the model makes of them
     */
    record Text(String text) implements SystemPrompt {
        /** Refuses null. */
        public Text {
            Check.notNull("systemPrompt", text);
        }

        /** The length of the text. */
        @Override
        public String toString() {
            return "SystemPrompt[text of " + text.length() + " characters]";
        }
    }

    /**
     * The prompt that Claude Code itself uses.
     *
     * @param appended what to add at its end, empty for nothing
     */
    record ClaudeCode(String appended) implements SystemPrompt {
        /** Refuses null. */
        public ClaudeCode {
            Check.notNull("appendSystemPrompt", appended);
        }

        /** The prompt of Claude Code with {@code text}, which replaces what was appended before, at its end. */
        public ClaudeCode append(String text) {
            return new ClaudeCode(text);
        }

        /** What is added at the end, if anything is. */
        public Optional<String> addition() {
            return appended.isEmpty() ? Optional.empty() : Optional.of(appended);
        }

        /** The length of what is appended. */
        @Override
        public String toString() {
            return "SystemPrompt[Claude Code and " + appended.length() + " characters]";
        }
    }

    /** A session with {@code text} as its whole system prompt. */
    static Text text(String text) {
        return new Text(text);
    }

    /** A session with the system prompt of Claude Code; see {@link ClaudeCode#append}. */
    static ClaudeCode claudeCode() {
        return new ClaudeCode("");
    }
}
