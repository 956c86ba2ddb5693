package io.github.claudesessions;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.github.claudesessions.error.TurnFailedException;
import io.github.claudesessions.internal.Check;
import io.github.claudesessions.internal.json.Json;
import io.github.claudesessions.internal.protocol.SessionCore;
import io.github.claudesessions.internal.protocol.TurnSource;
import io.github.claudesessions.message.ApiRetry;
import io.github.claudesessions.message.Message;
import io.github.claudesessions.message.PermissionMode;
import io.github.claudesessions.message.ResultMessage;
import java.lang.ref.Cleaner;
import java.lang.ref.Reference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A conversation with one Claude Code process.
 *
 * <p>Any thread may call any method. Turns run one at a time: callers wait for each other, in order. A callback of the
 * session and a thread that handles a message of its stream can't start a turn of the same session; they get a
 * {@link io.github.claudesessions.error.ReentrantTurnException ReentrantTurnException} at once.
 *
 * <p>When a calling thread is interrupted, its turn is interrupted too, the call throws
 * {@link io.github.claudesessions.error.SessionInterruptedException SessionInterruptedException}, and the session can
 * still be used. A session is over when it is closed or when its process ends; then all calls throw. One that becomes
 * unreachable unclosed is closed with a warning, and what is open when the JVM ends is closed then.
 *
 * {@snippet file="io/github/claudesessions/ReadmeTest.java" region="session"}
 */
public final class ClaudeSession implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ClaudeSession.class);

    private final SessionCore core;
    private final ClaudeOptions options;
    private final Cleaner.Cleanable unreachable;

    private ClaudeSession(SessionCore core, ClaudeOptions options) {
        this.core = core;
        this.options = options;
        this.unreachable = Unreachables.watch(this, () -> closeForgotten(core));
    }

    private static void closeForgotten(SessionCore core) {
        if (core.end() == null) {
            log.warn("A session was dropped without being closed; it is closed now. Use try-with-resources.");
            core.closeLater();
        }
    }

    /** Starts a session with the default options. */
    public static ClaudeSession open() {
        return open(ClaudeOptions.defaults());
    }

    /**
     * Starts the CLI and waits until it is ready, for at most {@code initializeTimeout}. The first time that a machine
     * uses the pinned CLI, it is installed before that.
     *
     * @throws io.github.claudesessions.error.ClaudeException one of the leaves that say why there is no session: the
     *     CLI is missing or can't be run, the options can't be launched here, the conversation to be resumed does not
     *     exist, the CLI refused its configuration
     */
    public static ClaudeSession open(ClaudeOptions options) {
        return new ClaudeSession(SessionLauncher.open(options, true), options);
    }

    // ---- turns

    /**
     * Runs one turn and waits for its result.
     *
     * @throws TurnFailedException if the turn ends with an error; it carries the result
     */
    public ResultMessage query(String prompt) {
        return query(Prompt.of(prompt));
    }

    /**
     * Runs one turn and waits for its result.
     *
     * @throws TurnFailedException if the turn ends with an error; it carries the result
     */
    public ResultMessage query(Prompt prompt) {
        try {
            return query(core, prompt);
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    /**
     * Runs one turn and returns its structured output. The CLI takes the schema of a session when it starts, so
     * the options must have it: {@code outputSchema(type)}.
     *
     * @throws io.github.claudesessions.error.StructuredOutputException if there is no output, or none that fits
     * @throws TurnFailedException if the turn ends with another error; it carries the result
     * @throws IllegalArgumentException if the options of the session do not have the schema of {@code type}
     */
    public <T> T query(String prompt, Class<T> type) {
        return query(Prompt.of(prompt), type);
    }

    /** As {@link #query(String, Class)}, for a prompt that is more than text. */
    public <T> T query(Prompt prompt, Class<T> type) {
        try {
            return Outputs.of(type).inSession(options).query(core, prompt, options.outputRepair());
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    static ResultMessage query(SessionCore core, Prompt prompt) {
        TurnSource turn = TurnSource.begin(core, prompt.content(), false);
        TurnCollector collector = new TurnCollector();
        while (turn.next(collector::note)) {
            // collected
        }
        return collector.resultOrThrow();
    }

    /**
     * One turn as a stream of its messages; the last is the result, also when it is an error. Nothing is sent until a
     * terminal operation runs; the stream is read by one thread, as it needs. A stream that is not read to its end must
     * be closed: that interrupts the turn. Stream events are in it if the options include partial messages.
     */
    public Stream<Message> stream(String prompt) {
        return stream(Prompt.of(prompt));
    }

    /** As {@link #stream(String)}, for a prompt that is more than text. */
    public Stream<Message> stream(Prompt prompt) {
        return stream(prompt, core.includePartialMessages());
    }

    /**
     * One turn as a stream of the main agent's text, piece by piece as the model writes it, also if the options do not
     * include partial messages. Otherwise as {@link #stream(String)}, but an error result is thrown as a
     * {@link TurnFailedException}.
     */
    public Stream<String> streamText(String prompt) {
        return streamText(Prompt.of(prompt));
    }

    /** As {@link #streamText(String)}, for a prompt that is more than text. */
    public Stream<String> streamText(Prompt prompt) {
        return TextStream.of(stream(prompt, true));
    }

    private Stream<Message> stream(Prompt prompt, boolean partial) {
        return TurnStream.of(
                () -> new TurnStream.Reading(TurnSource.begin(core, prompt.content(), partial), this, () -> {}));
    }

    /**
     * Stops the turn that is under way: it ends with an error result, and the session can be used at once. Harmless
     * when there is none. Background work of the session is stopped too.
     */
    @CanIgnoreReturnValue
    public InterruptReceipt interrupt() {
        JsonNode receipt = core.interrupt();
        return new InterruptReceipt(strings(receipt.path("cancelled")), strings(receipt.path("still_queued")));
    }

    private static List<String> strings(JsonNode array) {
        List<String> values = new ArrayList<>();
        array.forEach(value -> values.add(value.asText()));
        return values;
    }

    // ---- control

    /**
     * Has the next turns answered by another model. The name is not checked before the API sees it.
     *
     * @param model the model, or null for the default
     */
    public void setModel(@Nullable String model) {
        core.control("set_model", Json.object().put("model", model));
    }

    /**
     * Changes the permission mode for the rest of the session.
     *
     * @throws io.github.claudesessions.error.ControlException if the CLI refuses the mode; nothing has changed then
     */
    public void setPermissionMode(PermissionMode mode) {
        core.control(
                "set_permission_mode",
                Json.object().put("mode", Check.notNull("mode", mode).value()));
    }

    /** The MCP servers of the session, in-process ones included, as they are now. */
    public List<McpServerStatus> mcpServers() {
        return McpControl.status(core);
    }

    /**
     * Waits until no MCP server of the options is still being connected, however that went.
     *
     * @return the state of all servers
     * @throws io.github.claudesessions.error.TimeLimitException if one still is after {@code limit}
     */
    @CanIgnoreReturnValue
    public List<McpServerStatus> awaitMcpReady(Duration limit) {
        return McpControl.awaitReady(core, options.mcpServers().keySet(), Check.positive("limit", limit));
    }

    /**
     * Replaces the MCP servers that the options and earlier calls have set; those of settings stay, and so do the
     * in-process tool servers of the options. Returns when the new ones are connected or have failed.
     *
     * @param servers the servers by name
     */
    @CanIgnoreReturnValue
    public McpChanges setMcpServers(Map<String, ? extends McpServer> servers) {
        return McpControl.set(core, options, servers);
    }

    /**
     * Connects an MCP server anew. In-process ones can't be: their connection can't break.
     *
     * @throws io.github.claudesessions.error.ControlException if there is no such server, or it can't be connected
     */
    public void reconnectMcpServer(String name) {
        core.control("mcp_reconnect", Json.object().put("serverName", Check.notBlank("name", name)));
    }

    /**
     * Disconnects an MCP server and hides its tools, or takes it up again.
     *
     * @throws io.github.claudesessions.error.ControlException if there is no such server
     */
    public void toggleMcpServer(String name, boolean enabled) {
        core.control(
                "mcp_toggle",
                Json.object().put("serverName", Check.notBlank("name", name)).put("enabled", enabled));
    }

    /** What the CLI said of itself when the session started: its commands, models, agents, account. */
    public Map<String, Object> serverInfo() {
        return core.facts().serverInfo();
    }

    /**
     * Sends any control request, also one that this version of the library does not know, and returns the answer.
     *
     * @param subtype the kind of request, such as {@code get_context_usage}
     * @param fields its fields, as JSON values
     * @throws io.github.claudesessions.error.ControlException if the CLI answers with an error
     * @throws io.github.claudesessions.error.TimeLimitException if no answer comes within {@code controlTimeout}
     */
    public Map<String, Object> control(String subtype, Map<String, ?> fields) {
        Check.notBlank("subtype", subtype);
        return Json.map(core.control(subtype, Json.objectOf(fields)));
    }

    /**
     * Has {@code listener} told every message from now on, also those outside a turn, in order and on one virtual
     * thread of the session. A listener that is too slow holds up the session; one that throws is logged.
     */
    public Registration onMessage(Consumer<? super Message> listener) {
        return core.onMessage(Check.notNull("listener", listener))::run;
    }

    // ---- what is known

    /** The id of the conversation; empty only if {@code continueConversation} chose it and no turn has begun yet. */
    public Optional<String> sessionId() {
        return Optional.ofNullable(core.facts().sessionId());
    }

    /** How the session is, as far as this side knows; does not ask the CLI. */
    public Health health() {
        String ended = core.facts().ended();
        if (ended != null) {
            return new Health.Unhealthy(ended);
        }
        ApiRetry retry = core.facts().retry();
        return retry == null
                ? new Health.Healthy()
                : new Health.Degraded("the API is being retried: %s, attempt %d of %d"
                        .formatted(retry.error(), retry.attempt(), retry.maxRetries()));
    }

    /** The process id of the CLI, -1 if there is none. */
    public long pid() {
        return core.pid();
    }

    // ---- the end

    /** Closes the session when {@code owner} ends. */
    public void linkTo(Thread owner) {
        OwnerWatch.closeAfter(Check.notNull("owner", owner), core);
    }

    /** Closes the session when {@code owner} completes, however it does. */
    public void linkTo(CompletionStage<?> owner) {
        SessionCore linked = core;
        Check.notNull("owner", owner).whenComplete((value, failure) -> linked.closeLater());
    }

    /**
     * Ends the session: a turn that is under way is interrupted and its reader gets a
     * {@link io.github.claudesessions.error.SessionClosedException SessionClosedException}, then the process is ended,
     * politely at first, by force after 5 seconds, with all that it started. Returns when it is gone, also if the
     * calling thread is interrupted; takes at most about 10 seconds, usually a few milliseconds. Idempotent.
     */
    @Override
    public void close() {
        core.close();
        unreachable.clean();
    }

    /** The id and the process, for logs. */
    @Override
    public String toString() {
        return "ClaudeSession[" + sessionId().orElse("no id yet") + ", pid " + pid() + "]";
    }
}
