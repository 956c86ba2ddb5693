package io.github.claudesessions;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.github.claudesessions.control.ContextUsage;
import io.github.claudesessions.control.Cost;
import io.github.claudesessions.control.ModelInfo;
import io.github.claudesessions.control.Rewind;
import io.github.claudesessions.control.ServerInfo;
import io.github.claudesessions.control.Task;
import io.github.claudesessions.error.TurnFailedException;
import io.github.claudesessions.internal.Check;
import io.github.claudesessions.internal.json.Json;
import io.github.claudesessions.internal.protocol.Conversation;
import io.github.claudesessions.internal.protocol.Delivery;
import io.github.claudesessions.internal.protocol.OneProcess;
import io.github.claudesessions.internal.protocol.SessionCore;
import io.github.claudesessions.message.Message;
import io.github.claudesessions.message.PermissionMode;
import io.github.claudesessions.message.ResultMessage;
import java.lang.ref.Cleaner;
import java.lang.ref.Reference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
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

    private final Conversation conversation;
    private final ClaudeOptions options;
    private final NeverAsked neverAsked;
    private final Cleaner.Cleanable unreachable;

    /** The MCP servers that are waited for. */
    private volatile Set<String> mcpNames;

    /** @param forgotten runs when the session is unreachable; must not refer to it */
    ClaudeSession(Conversation conversation, ClaudeOptions options, Runnable forgotten) {
        this.conversation = conversation;
        this.options = options;
        this.neverAsked = new NeverAsked(options);
        this.mcpNames = options.mcpServers().keySet();
        this.unreachable = Unreachables.watch(this, forgotten);
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
        SessionCore core = SessionLauncher.open(options, true);
        return new ClaudeSession(new OneProcess(core), options, () -> closeForgotten(core));
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
            return TurnCollector.query(conversation, prompt);
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
            return Outputs.of(type).inSession(options).query(conversation, prompt, options.outputRepair());
        } finally {
            Reference.reachabilityFence(this);
        }
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
        return stream(prompt, options.includePartialMessages());
    }

    /**
     * One turn as a stream of the main agent's text, piece by piece as the model writes it, also if the options do not
     * include partial messages. After a lost connection to the API the CLI asks again: the answer comes from its beginning
     * then, maybe in one piece. Otherwise as {@link #stream(String)}, but an error result is thrown as a
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
        Delivery delivery = partial ? Delivery.PARTIAL : Delivery.MESSAGES;
        return TurnStream.of(
                () -> new TurnStream.Reading(conversation.begin(prompt.content(), delivery), this, () -> {}));
    }

    /**
     * Stops the turn that is under way: it ends with an error result, and the session can be used at once. Harmless
     * when there is none. Background work of the session is stopped too, and {@linkplain #send sent} prompts that wait
     * are cancelled.
     */
    @CanIgnoreReturnValue
    public InterruptReceipt interrupt() {
        return interrupt(true);
    }

    /**
     * As {@link #interrupt()}, and says what becomes of prompts that wait. While another interrupt of the same turn is
     * under way it waits for the answer to that, and sends one of its own only if there are prompts to cancel.
     *
     * @param cancelQueued whether they are cancelled; if not, the next one starts at once
     */
    @CanIgnoreReturnValue
    public InterruptReceipt interrupt(boolean cancelQueued) {
        JsonNode receipt = held(core -> core.interrupt(cancelQueued));
        return new InterruptReceipt(strings(receipt.path("cancelled")), strings(receipt.path("still_queued")));
    }

    private static List<String> strings(JsonNode array) {
        List<String> values = new ArrayList<>();
        array.forEach(value -> values.add(value.asText()));
        return values;
    }

    /** Sends a prompt without waiting for its turn: {@code send(Prompt.of(prompt))}. */
    @CanIgnoreReturnValue
    public SentPrompt send(String prompt) {
        return send(Prompt.of(prompt));
    }

    /** Sends a prompt without waiting for its turn: {@code send(prompt, SendPriority.NEXT)}. */
    @CanIgnoreReturnValue
    public SentPrompt send(Prompt prompt) {
        return send(prompt, SendPriority.NEXT);
    }

    /**
     * Sends a prompt and returns when the CLI has it, without waiting for a turn, also from a callback and while a stream
     * is read. An idle session starts on it at once. While a turn runs it waits in the CLI's queue, and may be read by the
     * model between two requests of that turn; at the end of the turn all that wait become one turn with one answer. What
     * the CLI answers goes to {@linkplain #onMessage listeners}, the result also to the returned receipt. {@code query}
     * and {@code stream} wait until the prompts that were sent before them have ended, so that they are answered by
     * themselves. The limits of turns do not watch a sent prompt.
     *
     * @throws io.github.claudesessions.error.BudgetExceededException if the {@code budget} allows no further turn
     */
    @CanIgnoreReturnValue
    public SentPrompt send(Prompt prompt, SendPriority priority) {
        Check.notNull("priority", priority);
        conversation.checkOpen();
        return held(core -> new SentPrompt(this, core, core.send(prompt.content(), priority.wire())));
    }

    // ---- control

    /**
     * Has the next turns answered by another model. The name is not checked before the API sees it.
     *
     * @param model the model, or null for the default
     */
    public void setModel(@Nullable String model) {
        request("set_model", Json.object().put("model", model));
    }

    /**
     * Changes the permission mode for the rest of the session.
     *
     * @throws io.github.claudesessions.error.ControlException if the CLI refuses the mode; nothing has changed then
     */
    public void setPermissionMode(PermissionMode mode) {
        request(
                "set_permission_mode",
                Json.object().put("mode", Check.notNull("mode", mode).value()));
        neverAsked.changed(mode);
    }

    /** The MCP servers of the session, in-process ones included, as they are now. */
    public List<McpServerStatus> mcpServers() {
        return held(core -> McpControl.status(core, options.controlTimeout()));
    }

    /**
     * Waits until no MCP server of the options and of the latest {@link #setMcpServers} is still being connected,
     * however that went.
     *
     * @return the state of all servers
     * @throws io.github.claudesessions.error.TimeLimitException if one still is after {@code limit}
     */
    @CanIgnoreReturnValue
    public List<McpServerStatus> awaitMcpReady(Duration limit) {
        Rules.timeout("limit", limit);
        return held(core -> McpControl.awaitReady(core, options, mcpNames, limit));
    }

    /**
     * Replaces the MCP servers that earlier calls have set, and those of the options that are named again. The others of
     * the options stay, and so do those of settings and those in this JVM. Returns when the new ones are connected or
     * have failed.
     *
     * @param servers the servers by name
     */
    @CanIgnoreReturnValue
    public McpChanges setMcpServers(Map<String, ? extends McpServer> servers) {
        McpChanges changes = held(core -> McpControl.set(core, options, servers));
        Set<String> names = new HashSet<>(options.mcpServers().keySet());
        names.addAll(servers.keySet());
        names.removeAll(changes.errors().keySet());
        names.removeAll(changes.removed());
        mcpNames = Set.copyOf(names);
        return changes;
    }

    /**
     * Connects an MCP server anew. In-process ones can't be: their connection can't break.
     *
     * @throws io.github.claudesessions.error.ControlException if there is no such server, or it can't be connected
     */
    public void reconnectMcpServer(String name) {
        request("mcp_reconnect", Json.object().put("serverName", Check.notBlank("name", name)));
    }

    /**
     * Disconnects an MCP server and hides its tools, or takes it up again.
     *
     * @throws io.github.claudesessions.error.ControlException if there is no such server
     */
    public void toggleMcpServer(String name, boolean enabled) {
        request(
                "mcp_toggle",
                Json.object().put("serverName", Check.notBlank("name", name)).put("enabled", enabled));
    }

    /** What the CLI said of itself when the session started: its commands, models, agents, account. */
    public ServerInfo serverInfo() {
        byte[] answer = held(core -> core.facts().serverInfo());
        return Json.bindCamelCased(Json.map(answer), ServerInfo.class);
    }

    /** What fills the model's context window. The CLI asks the API to count, so this takes a moment. */
    public ContextUsage contextUsage() {
        return ask("get_context_usage", Map.of(), ContextUsage.class);
    }

    /** The models that this session can be set to. */
    public List<ModelInfo> models() {
        JsonNode models = request("list_models", Json.object()).path("models");
        return List.of(Json.bind(models, ModelInfo[].class));
    }

    /**
     * Puts the files back to what they were before a prompt. Needs file checkpoints, which an option turns on.
     *
     * @param promptUuid the uuid of the prompt's user message
     * @param dryRun whether to say only what would change
     * @throws io.github.claudesessions.error.ControlException if the files can't be rewound and this is no dry run
     */
    public Rewind rewindFiles(String promptUuid, boolean dryRun) {
        Check.notBlank("promptUuid", promptUuid);
        return ask("rewind_files", Map.of("user_message_id", promptUuid, "dry_run", dryRun), Rewind.class);
    }

    /** Ends a background task. Harmless if there is none of that id. */
    public void stopTask(String taskId) {
        control("stop_task", Map.of("task_id", Check.notBlank("taskId", taskId)));
    }

    /** The less common questions and requests to the CLI. */
    public SessionControls controls() {
        return new SessionControls(conversation, this);
    }

    @CanIgnoreReturnValue
    private JsonNode request(String subtype, ObjectNode body) {
        return held(core -> core.control(subtype, body));
    }

    /** What {@code call} returns; the session does not become unreachable while somebody waits for it. */
    private <T> T held(Function<? super SessionCore, T> call) {
        try {
            return conversation.with(call);
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    private <T> T ask(String subtype, Map<String, ?> fields, Class<T> type) {
        return Json.bind(request(subtype, Json.objectOf(fields)), type);
    }

    /**
     * Sends any control request, also one that this version of the library does not know, and returns the answer.
     *
     * @param subtype the kind of request, such as {@code get_context_usage}
     * @param fields its fields, as JSON values
     * @throws io.github.claudesessions.error.ControlException if the CLI answers with an error
     * @throws io.github.claudesessions.error.TimeLimitException if no answer comes within {@code controlTimeout}
     */
    @CanIgnoreReturnValue
    public Map<String, Object> control(String subtype, Map<String, ?> fields) {
        Check.notBlank("subtype", subtype);
        return Json.map(request(subtype, Json.objectOf(fields)));
    }

    /**
     * Has {@code listener} told every message from now on, also those outside a turn, in order and on one virtual
     * thread of the session. A listener that is too slow holds up the session; one that throws is logged.
     */
    public Registration onMessage(Consumer<? super Message> listener) {
        return conversation.onMessage(Check.notNull("listener", listener))::run;
    }

    // ---- what is known

    /** The id of the conversation; empty only if {@code continueConversation} chose it and no turn has begun yet. */
    public Optional<String> sessionId() {
        return Optional.ofNullable(conversation.sessionId());
    }

    /**
     * The background tasks and subagents that the CLI told of, in the order of their first messages: all that are live,
     * and the latest 100 of those that have ended. Does not ask the CLI.
     */
    public List<Task> tasks() {
        SessionCore core = conversation.latest();
        return core == null ? List.of() : core.ledgers().tasks();
    }

    /**
     * What was spent since this session was opened, by the results so far; does not ask the CLI. It has the turns that
     * nobody asked for and the tokens of subagents in it, stays right across an interrupt, {@code /clear}, resume and
     * fork, and does not have what an earlier process of the conversation spent. What a turn has spent is in it once its
     * result is there: of a process that is killed in the middle of a turn that part is not known to anybody.
     */
    public Cost cost() {
        return conversation.cost();
    }

    /**
     * Whether nothing goes on: no turn, no sent prompt, no background task by the CLI's last word, and none that ended
     * less than a second ago whose follow-up turn the CLI may be about to start. A background shell that never ends keeps
     * a session from ever being idle.
     */
    public boolean isIdle() {
        SessionCore core = conversation.latest();
        return core == null || core.ledgers().idle();
    }

    /**
     * Waits until the session {@linkplain #isIdle is idle}.
     *
     * @return false if it is not within {@code limit}
     * @throws io.github.claudesessions.error.ClaudeException if the session is over
     */
    public boolean awaitIdle(Duration limit) {
        Rules.timeout("limit", limit);
        return conversation.latest() == null || held(core -> core.ledgers().awaitIdle(limit));
    }

    /** How the session is, as far as this side knows; does not ask the CLI. */
    public Health health() {
        return HealthChecks.known(conversation);
    }

    /**
     * How the session is, after the CLI was asked something small that costs no tokens; also in the middle of a turn. One
     * that does not answer within {@code limit} is unhealthy. A supervised session that has no process just now is not
     * given one for that.
     */
    public Health probe(Duration limit) {
        Rules.timeout("limit", limit);
        try {
            return HealthChecks.asked(conversation, limit);
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    /** The process id of the CLI, -1 if there is none. */
    public long pid() {
        SessionCore core = conversation.latest();
        return core == null ? -1 : core.pid();
    }

    // ---- the end

    /** Closes the session when {@code owner} ends. */
    public void linkTo(Thread owner) {
        OwnerWatch.closeAfter(Check.notNull("owner", owner), conversation);
    }

    /** Closes the session when {@code owner} completes, however it does. */
    public void linkTo(CompletionStage<?> owner) {
        OwnerWatch.closeAfter(Check.notNull("owner", owner), conversation);
    }

    /**
     * Ends the session: a turn that is under way is interrupted and its reader gets a
     * {@link io.github.claudesessions.error.SessionClosedException SessionClosedException}, then the process is ended,
     * politely at first, by force after 5 seconds, with all that it started. Returns when it is gone, also if the
     * calling thread is interrupted; takes at most about 10 seconds, usually a few milliseconds. Idempotent.
     */
    @Override
    public void close() {
        conversation.close();
        unreachable.clean();
    }

    /** The id and the process, for logs. */
    @Override
    public String toString() {
        return "ClaudeSession[" + sessionId().orElse("no id yet") + ", pid " + pid() + "]";
    }
}
