package io.github.claudesessions.testing;

import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP request that a {@link FakeAnthropicApi} received. Immutable.
 *
 * <p>Absent or unexpected fields of the body read as empty values; {@link #body()} has everything. Headers are kept with
 * their values, credentials included, but {@link #toString()} shows neither headers nor text.
 */
public final class ApiRequest {

    /** What a request is for. The command line sends more than the turns of its model. */
    public enum Kind {
        /** A turn of the main conversation; also every request of a client that is not the Claude Code CLI. */
        MAIN,
        /** A turn of an agent that the main conversation started. */
        SUBAGENT,
        /** The summary that {@code /compact} or a full context asks for. */
        COMPACTION,
        /** A request that the CLI makes on its own account: a title, a prompt suggestion, the reading of a web page. */
        AUXILIARY,
        /** Token counting. */
        COUNT_TOKENS,
        /** Anything outside {@code /v1/messages}. */
        OTHER;

        /** Whether this is a turn of a model, so that it takes the next scripted reply. */
        public boolean isTurn() {
            return this == MAIN || this == SUBAGENT;
        }
    }

    private static final Pattern REMINDER = Pattern.compile("<(system-reminder|available-deferred-tools)>");

    private final String method;
    private final String path;
    private final Map<String, String> headers;
    private final Map<String, Object> body;
    private final Kind kind;

    ApiRequest(String method, String path, Map<String, String> headers, Map<String, Object> body) {
        this.method = method;
        this.path = path;
        TreeMap<String, String> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        copy.putAll(headers);
        this.headers = Collections.unmodifiableSortedMap(copy);
        this.body = Collections.unmodifiableMap(body);
        this.kind = RequestKinds.of(this);
    }

    /** The HTTP method. */
    public String method() {
        return method;
    }

    /** The request target as sent, with its query, such as {@code /v1/messages?beta=true}. */
    public String path() {
        return path;
    }

    public Kind kind() {
        return kind;
    }

    /** The headers by name in any letter case. A repeated header has its values joined by {@code ", "}. */
    public Map<String, String> headers() {
        return headers;
    }

    /** One header, whatever the letter case of its name. */
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    /** The JSON body; empty when there was none or it was no JSON object. */
    public Map<String, Object> body() {
        return body;
    }

    /** The model that is asked for, or an empty text. */
    public String model() {
        return Objects.toString(body.get("model"), "");
    }

    /** Whether the reply is asked for as a stream of events. */
    public boolean streaming() {
        return Boolean.TRUE.equals(body.get("stream"));
    }

    /** The texts of the system prompt, joined by newlines. The CLI puts two short blocks of its own before the caller's. */
    public String system() {
        return textOf(body.get("system"));
    }

    /** The conversation so far, oldest message first. */
    public List<Map<String, Object>> messages() {
        return objects(body.get("messages"));
    }

    /**
     * The text of the newest message with role {@code user}, or an empty text. The CLI may put reminders of its own before
     * the prompt, in the same message.
     */
    public String lastUserText() {
        return messages().reversed().stream()
                .filter(m -> "user".equals(m.get("role")))
                .findFirst()
                .map(m -> textOf(m.get("content")))
                .orElse("");
    }

    /** The names of the tools on offer, in order. */
    public List<String> tools() {
        return objects(body.get("tools")).stream()
                .map(t -> Objects.toString(t.get("name"), ""))
                .toList();
    }

    /** The id of the CLI's session. */
    public Optional<String> sessionId() {
        return header("X-Claude-Code-Session-Id");
    }

    /** The id of the agent, for a {@link Kind#SUBAGENT}. */
    public Optional<String> agentId() {
        return header("x-claude-code-agent-id");
    }

    /** What stays the same when the CLI asks again in another form: whose turn it is, without the CLI's reminders. */
    List<String> prompts() {
        return messages().stream()
                .filter(m -> !"system".equals(m.get("role")))
                .flatMap(m -> "user".equals(m.get("role"))
                        ? texts(m.get("content"))
                                .filter(t -> !REMINDER.matcher(t).lookingAt())
                        : Stream.of(""))
                .toList();
    }

    /** Method, path, kind and model, and nothing secret. */
    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%s %s [%s, model %s, %d messages, %d tools]",
                method,
                path,
                kind,
                model(),
                messages().size(),
                tools().size());
    }

    @SuppressWarnings("unchecked") // the keys of parsed JSON are texts
    private static List<Map<String, Object>> objects(@Nullable Object value) {
        return value instanceof List<?> list
                ? list.stream()
                        .filter(Map.class::isInstance)
                        .map(o -> (Map<String, Object>) o)
                        .toList()
                : List.of();
    }

    private static String textOf(@Nullable Object content) {
        return texts(content).collect(Collectors.joining("\n"));
    }

    private static Stream<String> texts(@Nullable Object content) {
        return content instanceof String text
                ? Stream.of(text)
                : objects(content).stream()
                        .map(b -> b.get("text"))
                        .filter(String.class::isInstance)
                        .map(String.class::cast);
    }
}
