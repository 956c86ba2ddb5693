package io.github.claudesessions.testing;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.claudesessions.internal.Check;
import io.github.claudesessions.internal.codec.Inbound;
import io.github.claudesessions.internal.codec.InboundDecoder;
import io.github.claudesessions.internal.json.Json;
import io.github.claudesessions.message.ApiErrorKind;
import io.github.claudesessions.message.ApiRetry;
import io.github.claudesessions.message.AssistantMessage;
import io.github.claudesessions.message.InitMessage;
import io.github.claudesessions.message.Message;
import io.github.claudesessions.message.ResultMessage;
import io.github.claudesessions.message.ResultSubtype;
import io.github.claudesessions.message.StreamEvent;
import io.github.claudesessions.message.UserMessage;
import java.util.Map;
import java.util.UUID;

/**
 * Messages for unit tests of code that handles them. Each is decoded from a line of the shape that the CLI writes, so
 * all of its components, {@code raw()} included, are as in a session. Ids are made up; the session is always
 * {@link #SESSION_ID}.
 *
 * {@snippet file="io/github/claudesessions/testing/SampleTest.java" region="sample"}
 */
public final class Sample {
    /** The id of the session that the messages come from. */
    public static final String SESSION_ID = "5a3b1e00-0000-4000-8000-000000000001";

    private static final Frames FRAMES = new Frames(SESSION_ID);

    private Sample() {}

    /** The first message of a turn. */
    public static InitMessage init() {
        return (InitMessage) decode(FRAMES.init());
    }

    /** Text of the main agent. */
    public static AssistantMessage assistantText(String text) {
        return (AssistantMessage) decode(FRAMES.assistant(Frames.text(Check.notNull("text", text))));
    }

    /** Text of the subagent that the tool use {@code toolUseId} runs. */
    public static AssistantMessage subagentText(String toolUseId, String text) {
        Check.notNull("toolUseId", toolUseId);
        return (AssistantMessage) decode(FRAMES.assistant(Frames.text(Check.notNull("text", text)), toolUseId));
    }

    /** Thinking of the main agent. */
    public static AssistantMessage thinking(String thinking) {
        return (AssistantMessage) decode(FRAMES.assistant(Frames.thinking(Check.notNull("thinking", thinking))));
    }

    /** A tool use of the main agent with a made-up id. */
    public static AssistantMessage toolUse(String name, Map<String, ?> input) {
        return toolUse("toolu_" + UUID.randomUUID(), name, input);
    }

    /** A tool use of the main agent. */
    public static AssistantMessage toolUse(String id, String name, Map<String, ?> input) {
        return (AssistantMessage) decode(FRAMES.assistant(
                Frames.toolUse(Check.notBlank("id", id), Check.notBlank("name", name), Check.notNull("input", input))));
    }

    /** What the tool use {@code toolUseId} gave back. */
    public static UserMessage toolResult(String toolUseId, String text) {
        return toolResult(toolUseId, text, false);
    }

    /** The failure of the tool use {@code toolUseId}. */
    public static UserMessage toolError(String toolUseId, String text) {
        return toolResult(toolUseId, text, true);
    }

    private static UserMessage toolResult(String toolUseId, String text, boolean isError) {
        return (UserMessage)
                decode(FRAMES.toolResult(Check.notBlank("toolUseId", toolUseId), Check.notNull("text", text), isError));
    }

    /** A piece of the main agent's text. */
    public static StreamEvent textDelta(String text) {
        return (StreamEvent) decode(FRAMES.textDelta(Check.notNull("text", text)));
    }

    /** A piece of the main agent's thinking. */
    public static StreamEvent thinkingDelta(String thinking) {
        return (StreamEvent) decode(FRAMES.thinkingDelta(Check.notNull("thinking", thinking)));
    }

    /** The end of a turn that succeeded. */
    public static ResultMessage result(String text) {
        Check.notNull("text", text);
        return (ResultMessage)
                decode(FRAMES.result(uuid(), "success", false, "completed").put("result", text));
    }

    /** The end of a turn that failed, such as one of {@link ResultSubtype#ERROR_MAX_TURNS}. */
    public static ResultMessage errorResult(ResultSubtype subtype, String error) {
        return (ResultMessage) decode(FRAMES.errorResult(
                uuid(), Check.notNull("subtype", subtype).value(), "completed", Check.notNull("error", error)));
    }

    /** The end of a turn that the API refused with the HTTP status {@code status}. */
    public static ResultMessage apiError(int status, String text) {
        return (ResultMessage) decode(FRAMES.apiError(uuid(), status, Check.notNull("text", text)));
    }

    /** The end of a turn that was interrupted. */
    public static ResultMessage interrupted() {
        return (ResultMessage) decode(FRAMES.interrupted(uuid()));
    }

    /** A request to the model failed and will be sent again. */
    public static ApiRetry apiRetry(int attempt, int status, ApiErrorKind error) {
        return (ApiRetry) decode(
                FRAMES.apiRetry(attempt, status, Check.notNull("error", error).value()));
    }

    /** Any message, from the fields of its line: an unknown one too. */
    public static Message of(Map<String, ?> line) {
        return decode(Json.objectOf(Check.notNull("line", line)));
    }

    private static String uuid() {
        return UUID.randomUUID().toString();
    }

    private static Message decode(JsonNode line) {
        byte[] utf8 = Json.line(line);
        if (new InboundDecoder().decode(utf8, 0, utf8.length - 1) instanceof Inbound.Delivered delivered) {
            return delivered.message();
        }
        throw new IllegalArgumentException(
                "line must be a message, was of type " + line.path("type").asText("none"));
    }
}
