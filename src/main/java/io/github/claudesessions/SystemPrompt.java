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
     * A text in two parts, so that the first can be cached for many sessions.
     *
     * @param lasting what is the same in each session
     * @param changing what is not
     */
    record Parts(String lasting, String changing) implements SystemPrompt {
        /** Between the parts, on the wire. */
        static final String BOUNDARY = "__SYSTEM_PROMPT_DYNAMIC_BOUNDARY__";

        /** Refuses blank parts. */
        public Parts {
            Check.that(
                    !Check.notNull("lasting", lasting).isBlank()
                            && !Check.notNull("changing", changing).isBlank(),
                    "systemPrompt must have two parts that are not blank, had %d and %d characters",
                    lasting.length(),
                    changing.length());
        }

        /** The length of the parts. */
        @Override
        public String toString() {
            return "SystemPrompt[" + lasting.length() + " and " + changing.length() + " characters]";
        }
    }

    /**
     * The prompt that Claude Code itself uses.
     *
     * @param appended what to add at its end, empty for nothing
     * @param excludeDynamicSections whether what differs from machine to machine (working directory, state of the
     *     repository and others) is in the first prompt instead, so that all machines can share a cached prompt
     */
    record ClaudeCode(String appended, boolean excludeDynamicSections) implements SystemPrompt {
        /** Refuses null. */
        public ClaudeCode {
            Check.notNull("appendSystemPrompt", appended);
        }

        /** The prompt of Claude Code with {@code text}, which replaces what was appended before, at its end. */
        public ClaudeCode append(String text) {
            return new ClaudeCode(text, excludeDynamicSections);
        }

        /** The prompt of Claude Code with what differs from machine to machine in the first prompt instead. */
        public ClaudeCode withoutDynamicSections() {
            return new ClaudeCode(appended, true);
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

    /** A session with a system prompt of two parts, of which the first is the same in many sessions. */
    static Parts text(String lasting, String changing) {
        return new Parts(lasting, changing);
    }

    /** A session with the system prompt of Claude Code; see {@link ClaudeCode#append}. */
    static ClaudeCode claudeCode() {
        return new ClaudeCode("", false);
    }
}
