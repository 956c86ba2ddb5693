package io.github.claudesessions.hook;

import io.github.claudesessions.internal.Check;
import io.github.claudesessions.permission.PermissionDecision;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Something that the CLI tells hooks about. At some events, the gates, a hook can prevent what is about to happen; there
 * a hook that fails prevents it.
 *
 * @param <I> what a hook is told
 * @param <O> what it can answer
 */
public final class HookEvent<I extends HookInput, O extends HookOutput<O>> {
    /** Filled by the constants below, and only read afterwards. */
    private static final Set<String> KNOWN = new HashSet<>();

    /** A tool call, before it runs. The matcher is the name of the tool. */
    public static final HookEvent<PreToolUseInput, PreToolUseOutput> PRE_TOOL_USE =
            gate("PreToolUse", PreToolUseInput.class, PreToolUseOutput::deny);

    /** A tool has run. The matcher is the name of the tool. */
    public static final HookEvent<PostToolUseInput, PostToolUseOutput> POST_TOOL_USE =
            event("PostToolUse", PostToolUseInput.class);

    /** A tool has failed. The matcher is the name of the tool. */
    public static final HookEvent<PostToolUseFailureInput, ContextOutput> POST_TOOL_USE_FAILURE =
            event("PostToolUseFailure", PostToolUseFailureInput.class);

    /** All tools that the model called at once have run. */
    public static final HookEvent<PostToolBatchInput, ContextOutput> POST_TOOL_BATCH =
            event("PostToolBatch", PostToolBatchInput.class);

    /** The permission handler is asked, at the same time; whoever decides first decides. The matcher is the name of the tool. */
    public static final HookEvent<PermissionRequestInput, PermissionRequestOutput> PERMISSION_REQUEST = gate(
            "PermissionRequest",
            PermissionRequestInput.class,
            reason -> PermissionRequestOutput.decide(PermissionDecision.deny(reason)));

    /**
     * The safety check of the permission mode {@code auto} denied a tool call; what rules, hooks and handlers deny is not
     * told. The matcher is the name of the tool.
     */
    public static final HookEvent<PermissionDeniedInput, PermissionDeniedOutput> PERMISSION_DENIED =
            event("PermissionDenied", PermissionDeniedInput.class);

    /** A prompt, before the model sees it. */
    public static final HookEvent<UserPromptSubmitInput, UserPromptSubmitOutput> USER_PROMPT_SUBMIT =
            gate("UserPromptSubmit", UserPromptSubmitInput.class, UserPromptSubmitOutput::block);

    /** A command, before it is expanded. The matcher is the name of the command. */
    public static final HookEvent<UserPromptExpansionInput, UserPromptExpansionOutput> USER_PROMPT_EXPANSION =
            gate("UserPromptExpansion", UserPromptExpansionInput.class, UserPromptExpansionOutput::block);

    /**
     * The CLI has something to tell the user: {@code permission_prompt} when the permission handler has not answered for 6
     * seconds, {@code elicitation_response} and {@code elicitation_complete} of an MCP server's question. The matcher is the
     * type of the notification.
     */
    public static final HookEvent<NotificationInput, ContextOutput> NOTIFICATION =
            event("Notification", NotificationInput.class);

    /** A conversation starts, after {@code /clear} or a compaction; the start of the process is never seen. The matcher is the source. */
    public static final HookEvent<SessionStartInput, SessionStartOutput> SESSION_START =
            event("SessionStart", SessionStartInput.class);

    /** A conversation ends at {@code /clear}; the end of the process is never seen. The matcher is the reason. */
    public static final HookEvent<SessionEndInput, NoOutput> SESSION_END = event("SessionEnd", SessionEndInput.class);

    /** The CLI sets itself up. Never seen over stdio, and refused. */
    public static final HookEvent<SetupInput, ContextOutput> SETUP = event("Setup", SetupInput.class);

    /** The model has finished. A failing hook lets the turn end. */
    public static final HookEvent<StopInput, StopOutput> STOP = event("Stop", StopInput.class);

    /** A turn ended because of an error of the API. */
    public static final HookEvent<StopFailureInput, NoOutput> STOP_FAILURE =
            event("StopFailure", StopFailureInput.class);

    /** A subagent starts. The matcher is its type. */
    public static final HookEvent<SubagentStartInput, ContextOutput> SUBAGENT_START =
            event("SubagentStart", SubagentStartInput.class);

    /** A subagent has finished, or the helper that compacts the conversation, which has no type. The matcher is the type. A failing hook lets it end. */
    public static final HookEvent<SubagentStopInput, StopOutput> SUBAGENT_STOP =
            event("SubagentStop", SubagentStopInput.class);

    /** The conversation is about to be compacted. The matcher is the trigger. */
    public static final HookEvent<PreCompactInput, BlockOutput> PRE_COMPACT =
            gate("PreCompact", PreCompactInput.class, BlockOutput::block);

    /** The conversation was compacted. The matcher is the trigger. */
    public static final HookEvent<PostCompactInput, NoOutput> POST_COMPACT =
            event("PostCompact", PostCompactInput.class);

    /** Another model is about to answer. */
    public static final HookEvent<PreModelSwitchInput, PreModelSwitchOutput> PRE_MODEL_SWITCH =
            gate("PreModelSwitch", PreModelSwitchInput.class, PreModelSwitchOutput::deny);

    /** Another model answers from now on. */
    public static final HookEvent<PostModelSwitchInput, ContextOutput> POST_MODEL_SWITCH =
            event("PostModelSwitch", PostModelSwitchInput.class);

    /** An MCP server asks the user something. The matcher is the name of the server. */
    public static final HookEvent<ElicitationInput, ElicitationOutput> ELICITATION =
            gate("Elicitation", ElicitationInput.class, reason -> ElicitationOutput.decline());

    /** The user has answered an MCP server. The matcher is the name of the server. */
    public static final HookEvent<ElicitationResultInput, ElicitationOutput> ELICITATION_RESULT =
            gate("ElicitationResult", ElicitationResultInput.class, reason -> ElicitationOutput.decline());

    /** A file of settings has changed; blocked, the session goes on with what it had. The matcher is the source. */
    public static final HookEvent<ConfigChangeInput, BlockOutput> CONFIG_CHANGE =
            gate("ConfigChange", ConfigChangeInput.class, BlockOutput::block);

    /** A file of instructions was loaded. */
    public static final HookEvent<InstructionsLoadedInput, NoOutput> INSTRUCTIONS_LOADED =
            event("InstructionsLoaded", InstructionsLoadedInput.class);

    /** A task is added to the list, by the tool {@code TaskCreate}: the CLI offers the list to some models only. */
    public static final HookEvent<TaskCreatedInput, BlockOutput> TASK_CREATED =
            gate("TaskCreated", TaskCreatedInput.class, BlockOutput::block);

    /** A task of the list is completed, by the tool {@code TaskUpdate}. */
    public static final HookEvent<TaskCompletedInput, BlockOutput> TASK_COMPLETED =
            gate("TaskCompleted", TaskCompletedInput.class, BlockOutput::block);

    /** A teammate is about to be idle. Never seen over stdio, where there are no teams, and refused. */
    public static final HookEvent<TeammateIdleInput, BlockOutput> TEAMMATE_IDLE =
            event("TeammateIdle", TeammateIdleInput.class);

    /** A worktree is to be made, by the hook: the tool {@code EnterWorktree}, or an agent that is isolated in one. */
    public static final HookEvent<WorktreeCreateInput, WorktreeCreateOutput> WORKTREE_CREATE =
            event("WorktreeCreate", WorktreeCreateInput.class);

    /** A worktree that a hook made is to be removed, by the hook. */
    public static final HookEvent<WorktreeRemoveInput, NoOutput> WORKTREE_REMOVE =
            event("WorktreeRemove", WorktreeRemoveInput.class);

    /**
     * A command of the Bash tool has changed the working directory. Only told when the settings, too, have a hook on this
     * event or on {@link #FILE_CHANGED}; a command that does nothing is enough.
     */
    public static final HookEvent<CwdChangedInput, WatchOutput> CWD_CHANGED =
            event("CwdChanged", CwdChangedInput.class);

    /**
     * A file that is watched has changed. What is watched is said by the matchers of such hooks in the settings (names in
     * the working directory, joined by {@code |}), not by those of the host, and by {@link SessionStartOutput#watchPaths}.
     * The matcher is not looked at.
     */
    public static final HookEvent<FileChangedInput, WatchOutput> FILE_CHANGED =
            event("FileChanged", FileChangedInput.class);

    /** Tools may use one more folder. */
    public static final HookEvent<DirectoryAddedInput, NoOutput> DIRECTORY_ADDED =
            event("DirectoryAdded", DirectoryAddedInput.class);

    /** A piece of text is about to be shown. */
    public static final HookEvent<MessageDisplayInput, MessageDisplayOutput> MESSAGE_DISPLAY =
            event("MessageDisplay", MessageDisplayInput.class);

    private final String name;
    private final Class<I> inputType;
    private final @Nullable Function<String, O> refusal;

    private HookEvent(String name, Class<I> inputType, @Nullable Function<String, O> refusal) {
        this.name = name;
        this.inputType = inputType;
        this.refusal = refusal;
    }

    private static <I extends HookInput, O extends HookOutput<O>> HookEvent<I, O> gate(
            String name, Class<I> inputType, Function<String, O> refusal) {
        KNOWN.add(name);
        return new HookEvent<>(name, inputType, refusal);
    }

    private static <I extends HookInput, O extends HookOutput<O>> HookEvent<I, O> event(
            String name, Class<I> inputType) {
        KNOWN.add(name);
        return new HookEvent<>(name, inputType, null);
    }

    /**
     * An event that this version of the library does not know.
     *
     * @param name its name as it is on the wire
     * @throws IllegalArgumentException if there is a constant for it
     */
    public static HookEvent<UnknownHookInput, UnknownHookOutput> named(String name) {
        Check.that(
                !KNOWN.contains(Check.notBlank("name", name)),
                "name must be of an event that HookEvent has no constant for, was %s",
                name);
        return new HookEvent<>(name, UnknownHookInput.class, null);
    }

    /** The name as it is on the wire. */
    public String name() {
        return name;
    }

    /** What a hook is told. */
    public Class<I> inputType() {
        return inputType;
    }

    /** Whether a hook that fails prevents what is about to happen. */
    public boolean isGate() {
        return refusal != null;
    }

    /** The output that prevents what is about to happen, or null if this is no gate. */
    public @Nullable O refusal(String reason) {
        return refusal == null ? null : refusal.apply(reason);
    }

    /** The name as it is on the wire. */
    @Override
    public String toString() {
        return name;
    }
}
