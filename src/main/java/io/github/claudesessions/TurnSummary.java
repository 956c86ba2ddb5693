package io.github.claudesessions;

import io.github.claudesessions.message.ResultMessage;
import io.github.claudesessions.message.ToolResultBlock;
import io.github.claudesessions.message.ToolUseBlock;
import io.github.claudesessions.message.Usage;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A whole turn, collected by {@link Messages#summary()}.
 *
 * @param text all text of the main agent, its messages separated by a blank line
 * @param thinking all thinking of the main agent
 * @param toolCalls each tool use of any agent with its result
 * @param result the result that ended the turn, which may be an error
 */
public record TurnSummary(String text, String thinking, List<ToolCall> toolCalls, ResultMessage result) {
    /** Copies the list. */
    public TurnSummary {
        toolCalls = List.copyOf(toolCalls);
    }

    /** The id of the conversation, or null if the result did not name it. */
    public @Nullable String sessionId() {
        return result.sessionId();
    }

    /** The tokens of the turn. */
    public Usage usage() {
        return result.usage();
    }

    /** What the turn cost, in US dollars. */
    public double costUsd() {
        return result.costUsd();
    }

    /** How many times the model was asked. */
    public int turns() {
        return result.numTurns();
    }

    /** Why the model stopped, such as {@code end_turn}, or null. */
    public @Nullable String stopReason() {
        return result.stopReason() == null ? null : result.stopReason().value();
    }

    /**
     * A tool use and what came of it.
     *
     * @param use what the model asked for
     * @param outcome the result, or null if none came
     */
    public record ToolCall(ToolUseBlock use, @Nullable ToolResultBlock outcome) {
        /** The result, empty if the turn ended before there was one. */
        public Optional<ToolResultBlock> result() {
            return Optional.ofNullable(outcome);
        }
    }
}
