package io.github.claudesessions;

import io.github.claudesessions.error.MissingResultException;
import io.github.claudesessions.error.TurnCutException;
import io.github.claudesessions.error.TurnFailedException;
import io.github.claudesessions.internal.protocol.Conversation;
import io.github.claudesessions.internal.protocol.Delivery;
import io.github.claudesessions.internal.protocol.TurnFailures;
import io.github.claudesessions.internal.protocol.TurnSource;
import io.github.claudesessions.message.ApiErrorKind;
import io.github.claudesessions.message.ApiRetry;
import io.github.claudesessions.message.AssistantMessage;
import io.github.claudesessions.message.ContentBlock;
import io.github.claudesessions.message.Message;
import io.github.claudesessions.message.ResultMessage;
import io.github.claudesessions.message.TextBlock;
import io.github.claudesessions.message.ThinkingBlock;
import io.github.claudesessions.message.ToolResultBlock;
import io.github.claudesessions.message.ToolUseBlock;
import io.github.claudesessions.message.UserMessage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Gathers one turn. Used by one thread. */
final class TurnCollector {
    private final List<String> text = new ArrayList<>();
    private final StringBuilder thinking = new StringBuilder();
    private final List<ToolUseBlock> uses = new ArrayList<>();
    private final Map<String, ToolResultBlock> results = new HashMap<>();
    private @Nullable ApiErrorKind apiError;
    private @Nullable ResultMessage result;

    /** Runs one turn and waits for its result. */
    static ResultMessage query(Conversation conversation, Prompt prompt) {
        while (true) {
            try {
                return turn(conversation, prompt);
            } catch (TurnCutException e) {
                if (!conversation.repeats(e)) {
                    throw e;
                }
            }
        }
    }

    private static ResultMessage turn(Conversation conversation, Prompt prompt) {
        TurnSource turn = conversation.begin(prompt.content(), Delivery.RESULT);
        TurnCollector collector = new TurnCollector();
        try {
            while (turn.next(collector::note)) {
                // collected
            }
        } finally {
            turn.close(); // after a time limit the CLI still writes, and nobody reads
        }
        return collector.resultOrThrow();
    }

    /** Notes how the turn ends. */
    void note(Message message) {
        switch (message) {
            case ResultMessage end -> result = end;
            case ApiRetry retry -> apiError = retry.error();
            case AssistantMessage answer -> apiError = answer.error();
            default -> {}
        }
    }

    /** Notes everything. */
    void add(Message message) {
        note(message);
        switch (message) {
            case AssistantMessage answer -> add(answer);
            case UserMessage user -> {
                for (ContentBlock block : user.content()) {
                    if (block instanceof ToolResultBlock outcome) {
                        results.put(outcome.toolUseId(), outcome);
                    }
                }
            }
            default -> {}
        }
    }

    private void add(AssistantMessage answer) {
        uses.addAll(answer.toolUses());
        if (answer.parentToolUseId() != null) {
            return;
        }
        for (ContentBlock block : answer.content()) {
            switch (block) {
                case TextBlock written -> text.add(written.text());
                case ThinkingBlock thought -> thinking.append(thought.thinking());
                default -> {}
            }
        }
    }

    TurnCollector combine(TurnCollector later) {
        throw new IllegalStateException("a turn is sequential: collect it without parallel()");
    }

    boolean ended() {
        return result != null;
    }

    ResultMessage result() {
        if (result == null) {
            throw new MissingResultException("the stream of the turn ended without a result");
        }
        return result;
    }

    ResultMessage resultOrThrow() {
        ResultMessage end = result();
        TurnFailedException failure = TurnFailures.of(end, apiError);
        if (failure != null) {
            throw failure;
        }
        return end;
    }

    TurnSummary summary() {
        return new TurnSummary(
                String.join("\n\n", text),
                thinking.toString(),
                uses.stream()
                        .map(use -> new TurnSummary.ToolCall(use, results.get(use.id())))
                        .toList(),
                result());
    }
}
