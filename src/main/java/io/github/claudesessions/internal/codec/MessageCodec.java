package io.github.claudesessions.internal.codec;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.claudesessions.message.Message;
import io.github.claudesessions.message.RawJson;
import io.github.claudesessions.message.UnknownMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Chooses the codec of a message by its type. */
final class MessageCodec {
    private static final Logger LOG = LoggerFactory.getLogger(MessageCodec.class);

    private MessageCodec() {}

    static Message decode(String type, JsonNode line, RawJson raw) {
        try {
            return known(type, line, raw);
        } catch (RuntimeException | StackOverflowError e) {
            // The classes' names are enough to find it; a message of an exception could quote the line.
            LOG.warn(
                    "A message could not be read and is delivered as unknown: {}",
                    e.getClass().getName());
            return unknown(type, Frame.of("", line, raw));
        }
    }

    private static Message known(String type, JsonNode line, RawJson raw) {
        if (type.equals("system")) {
            String subtype = line.path("subtype").asText("");
            return SystemCodec.decode(subtype, Frame.of("system/" + subtype, line, raw));
        }
        Frame m = Frame.of(type, line, raw);
        return switch (type) {
            case "assistant" -> AssistantCodec.assistantMessage(m);
            case "user" -> UserCodec.userMessage(m);
            case "result" -> ResultCodec.resultMessage(m);
            case "stream_event" -> StreamEventCodec.streamEvent(m);
            case "tool_progress" -> TopLevelCodec.toolProgress(m);
            case "auth_status" -> TopLevelCodec.authStatus(m);
            case "tool_use_summary" -> TopLevelCodec.toolUseSummary(m);
            case "rate_limit_event" -> TopLevelCodec.rateLimitEvent(m);
            case "prompt_suggestion" -> TopLevelCodec.promptSuggestion(m);
            case "conversation_reset" -> TopLevelCodec.conversationReset(m);
            case "command_lifecycle" -> TopLevelCodec.commandLifecycle(m);
            case "active_goal" -> TopLevelCodec.activeGoal(m);
            case "autocompact_state" -> TopLevelCodec.autocompactState(m);
            default -> unknown(type, m);
        };
    }

    private static Message unknown(String type, Frame m) {
        return new UnknownMessage(m.uuid(), m.sessionId(), m.raw(), type);
    }
}
