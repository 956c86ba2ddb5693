package io.github.claudesessions;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.github.claudesessions.control.ContextUsage;
import io.github.claudesessions.control.ModelInfo;
import io.github.claudesessions.control.Rewind;
import io.github.claudesessions.control.ServerInfo;
import io.github.claudesessions.error.TurnFailedException;
import io.github.claudesessions.internal.Check;
import io.github.claudesessions.internal.json.Json;
import io.github.claudesessions.internal.protocol.SessionCore;
import io.github.claudesessions.internal.protocol.TurnSource;
import io.github.claudesessions.message.ApiRetry;
import io.github.claudesessions.message.Message;
import io.github.claudesessions.message.PermissionMode;
import io.github.claudesessions.message.ResultMessage;
import io.github.claudesessions.message.SlashCommand;
import java.lang.ref.Cleaner;
import java.lang.ref.Reference;
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
    private final Cleaner.Cleanable unreachable;

    private ClaudeSession(SessionCore core) {
        this.core = core;
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
        return new ClaudeSession(SessionLauncher.open(options, true));
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

    static ResultMessage query(SessionCore core, Prompt prompt) {
        TurnSource turn = TurnSource.begin(core, prompt.content(), false);
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

    /** What the CLI said of itself when the session started: its commands, models, agents, account. */
    public ServerInfo serverInfo() {
        return Json.bind(Json.map(core.facts().serverInfo()), ServerInfo.class);
    }

    /** What fills the model's context window. The CLI asks the API to count, so this takes a moment. */
    public ContextUsage contextUsage() {
        return ask("get_context_usage", Map.of(), ContextUsage.class);
    }

    /** The models that this session can be set to. */
    public List<ModelInfo> models() {
        JsonNode models = core.control("list_models", Json.object()).path("models");
        return List.of(Json.bind(models, ModelInfo[].class));
    }

    /**
     * Limits thinking for the rest of the session.
     *
     * @param tokens how many tokens of thinking a request may have, 0 for none
     */
    public void setMaxThinkingTokens(int tokens) {
        control("set_max_thinking_tokens", Map.of("max_thinking_tokens", Check.atLeast("tokens", 0, tokens)));
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

    /**
     * What a background shell has written so far.
     *
     * @throws io.github.claudesessions.error.ControlException if there is no such task
     */
    public String taskOutput(String taskId) {
        return String.valueOf(control("get_task_output", Map.of("task_id", Check.notBlank("taskId", taskId)))
                .get("output"));
    }

    /** Sends what runs in the foreground, such as a long command, to the background. */
    public void backgroundTasks() {
        control("background_tasks", Map.of());
    }

    /** Names the conversation, for lists of conversations and {@code resumeTitle}. */
    public void rename(String title) {
        control("rename_session", Map.of("title", Check.notBlank("title", title)));
    }

    /**
     * Changes settings for the rest of the session, as a settings file would.
     *
     * @param settings the settings, as JSON values
     */
    public void applyFlagSettings(Map<String, ?> settings) {
        control("apply_flag_settings", Map.of("settings", settings));
    }

    /** The settings in force and where each comes from, with every field that the CLI sends. */
    public Map<String, Object> settings() {
        return control("get_settings", Map.of());
    }

    /** Reads the skills anew, and returns those that there are. */
    @CanIgnoreReturnValue
    public List<SlashCommand> reloadSkills() {
        JsonNode skills = core.control("reload_skills", Json.object()).path("skills");
        return List.of(Json.bind(skills, SlashCommand[].class));
    }

    /** Reads the plugins anew, and returns what the CLI says of them, with every field that it sends. */
    @CanIgnoreReturnValue
    public Map<String, Object> reloadPlugins() {
        return control("reload_plugins", Map.of());
    }

    private <T> T ask(String subtype, Map<String, ?> fields, Class<T> type) {
        return Json.bind(core.control(subtype, Json.objectOf(fields)), type);
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
