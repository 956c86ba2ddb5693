package io.github.claudesessions;

import io.github.claudesessions.error.MissingResultException;
import io.github.claudesessions.error.TurnFailedException;
import io.github.claudesessions.internal.Check;
import io.github.claudesessions.message.ApiEvent.ContentBlockDelta;
import io.github.claudesessions.message.AssistantMessage;
import io.github.claudesessions.message.Delta.TextDelta;
import io.github.claudesessions.message.Delta.ThinkingDelta;
import io.github.claudesessions.message.Message;
import io.github.claudesessions.message.ResultMessage;
import io.github.claudesessions.message.StreamEvent;
import io.github.claudesessions.message.TextBlock;
import io.github.claudesessions.message.ToolResultBlock;
import io.github.claudesessions.message.ToolUseBlock;
import io.github.claudesessions.message.UserMessage;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collector;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Mappers and collectors for streams of messages: the mappers for {@link Stream#flatMap}, the collectors for
 * {@link Stream#collect}. Text and thinking are the main agent's; a subagent's messages have a parent tool use.
 *
 * {@snippet file="io/github/claudesessions/MessagesTest.java" region="messages"}
 */
public final class Messages {
    private Messages() {}

    /** Pieces of text as the model writes them; there are some only with partial messages. */
    public static Function<Message, Stream<String>> textDeltas() {
        return message -> {
            String delta = textDelta(message);
            return delta == null ? Stream.empty() : Stream.of(delta);
        };
    }

    static @Nullable String textDelta(Message message) {
        return message instanceof StreamEvent event
                        && event.parentToolUseId() == null
                        && event.event() instanceof ContentBlockDelta delta
                        && delta.delta() instanceof TextDelta text
                ? text.text()
                : null;
    }

    /** Pieces of thinking as the model writes them; there are some only with partial messages. */
    public static Function<Message, Stream<String>> thinkingDeltas() {
        return message -> message instanceof StreamEvent event
                        && event.parentToolUseId() == null
                        && event.event() instanceof ContentBlockDelta delta
                        && delta.delta() instanceof ThinkingDelta thinking
                ? Stream.of(thinking.thinking())
                : Stream.empty();
    }

    /** The text blocks of the main agent's messages, each when it is complete. */
    public static Function<Message, Stream<String>> text() {
        return message -> message instanceof AssistantMessage answer && answer.parentToolUseId() == null
                ? answer.content().stream().filter(TextBlock.class::isInstance).map(block -> ((TextBlock) block).text())
                : Stream.empty();
    }

    /** The tool uses of all agents. */
    public static Function<Message, Stream<ToolUseBlock>> toolUses() {
        return message -> message instanceof AssistantMessage answer ? answer.toolUses().stream() : Stream.empty();
    }

    /**
     * The results of the tool {@code name}, of all agents. The mapper remembers the tool uses that it has seen: make
     * one for each stream.
     */
    public static Function<Message, Stream<ToolResultBlock>> toolResults(String name) {
        Check.notBlank("name", name);
        Set<String> ids = new HashSet<>();
        return message -> {
            if (message instanceof AssistantMessage answer) {
                answer.toolUses().stream()
                        .filter(use -> use.name().equals(name))
                        .forEach(use -> ids.add(use.id()));
            }
            return message instanceof UserMessage user
                    ? user.content().stream()
                            .filter(ToolResultBlock.class::isInstance)
                            .map(ToolResultBlock.class::cast)
                            .filter(result -> ids.remove(result.toolUseId()))
                    : Stream.empty();
        };
    }

    /**
     * The final text of the turn. Collecting throws {@link TurnFailedException} if the turn ends with an error, and
     * {@link MissingResultException} if the stream ends without a result.
     */
    public static Collector<Message, ?, String> finalText() {
        return Collector.of(
                TurnCollector::new,
                TurnCollector::note,
                TurnCollector::combine,
                turn -> turn.resultOrThrow().text());
    }

    /**
     * The result of the turn, also one that is an error. Collecting throws {@link MissingResultException} if the
     * stream ends without a result.
     */
    public static Collector<Message, ?, ResultMessage> finalResult() {
        return Collector.of(TurnCollector::new, TurnCollector::note, TurnCollector::combine, TurnCollector::result);
    }

    /**
     * The turn as a whole, also one that ends with an error. Collecting throws {@link MissingResultException} if the
     * stream ends without a result.
     */
    public static Collector<Message, ?, TurnSummary> summary() {
        return Collector.of(TurnCollector::new, TurnCollector::add, TurnCollector::combine, TurnCollector::summary);
    }
}
