package io.github.claudesessions.internal.codec;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.claudesessions.hook.ConfigChangeInput;
import io.github.claudesessions.hook.ConfigSource;
import io.github.claudesessions.hook.CwdChangedInput;
import io.github.claudesessions.hook.DirectoryAddedInput;
import io.github.claudesessions.hook.DirectorySource;
import io.github.claudesessions.hook.ElicitationAction;
import io.github.claudesessions.hook.ElicitationInput;
import io.github.claudesessions.hook.ElicitationMode;
import io.github.claudesessions.hook.ElicitationResultInput;
import io.github.claudesessions.hook.ExpansionType;
import io.github.claudesessions.hook.FileChange;
import io.github.claudesessions.hook.FileChangedInput;
import io.github.claudesessions.hook.HookContext;
import io.github.claudesessions.hook.HookInput;
import io.github.claudesessions.hook.InstructionsLoadedInput;
import io.github.claudesessions.hook.LoadReason;
import io.github.claudesessions.hook.MemoryType;
import io.github.claudesessions.hook.MessageDisplayInput;
import io.github.claudesessions.hook.ModelSwitchSource;
import io.github.claudesessions.hook.NotificationInput;
import io.github.claudesessions.hook.PermissionDeniedInput;
import io.github.claudesessions.hook.PermissionRequestInput;
import io.github.claudesessions.hook.PostCompactInput;
import io.github.claudesessions.hook.PostModelSwitchInput;
import io.github.claudesessions.hook.PostToolBatchInput;
import io.github.claudesessions.hook.PostToolUseFailureInput;
import io.github.claudesessions.hook.PostToolUseInput;
import io.github.claudesessions.hook.PreCompactInput;
import io.github.claudesessions.hook.PreModelSwitchInput;
import io.github.claudesessions.hook.PreToolUseInput;
import io.github.claudesessions.hook.PromptSource;
import io.github.claudesessions.hook.SessionEndInput;
import io.github.claudesessions.hook.SessionEndReason;
import io.github.claudesessions.hook.SessionStartInput;
import io.github.claudesessions.hook.SessionStartSource;
import io.github.claudesessions.hook.SetupInput;
import io.github.claudesessions.hook.SetupTrigger;
import io.github.claudesessions.hook.StopFailureInput;
import io.github.claudesessions.hook.StopInput;
import io.github.claudesessions.hook.SubagentStartInput;
import io.github.claudesessions.hook.SubagentStopInput;
import io.github.claudesessions.hook.TaskCompletedInput;
import io.github.claudesessions.hook.TaskCreatedInput;
import io.github.claudesessions.hook.TeammateIdleInput;
import io.github.claudesessions.hook.UnknownHookInput;
import io.github.claudesessions.hook.UserPromptExpansionInput;
import io.github.claudesessions.hook.UserPromptSubmitInput;
import io.github.claudesessions.hook.WorktreeCreateInput;
import io.github.claudesessions.hook.WorktreeRemoveInput;
import io.github.claudesessions.message.ApiErrorKind;
import io.github.claudesessions.message.CompactTrigger;
import io.github.claudesessions.message.PermissionMode;
import org.jspecify.annotations.Nullable;

/** What a hook is told. Lenient: whatever is missing or new, there is an input. */
public final class HookInputCodec {
    private HookInputCodec() {}

    /** The input of a {@code hook_callback}. */
    public static HookInput decode(JsonNode input) {
        Fields f = Fields.of("hook_callback", input);
        HookContext c = context(f);
        HookInput first = firstHalf(c, f);
        HookInput known = first == null ? secondHalf(c, f) : first;
        return known == null ? new UnknownHookInput(c) : known;
    }

    private static HookContext context(Fields f) {
        return new HookContext(
                f.string("hook_event_name"),
                f.string("session_id"),
                f.string("transcript_path"),
                f.string("cwd"),
                f.stringOrNull("prompt_id"),
                f.valueOrNull("permission_mode", PermissionMode::new),
                f.stringOrNull("agent_id"),
                f.stringOrNull("agent_type"),
                f.child("effort").stringOrNull("level"),
                f.all());
    }

    private static @Nullable HookInput firstHalf(HookContext c, Fields f) {
        return switch (c.event()) {
            case "PreToolUse" ->
                new PreToolUseInput(
                        c,
                        f.string("tool_name"),
                        f.mapOrEmpty("tool_input"),
                        f.string("tool_use_id"),
                        PermissionCodec.mcpServer(f));
            case "PostToolUse" ->
                new PostToolUseInput(
                        c,
                        f.string("tool_name"),
                        f.mapOrEmpty("tool_input"),
                        f.anyOrNull("tool_response"),
                        f.string("tool_use_id"),
                        f.numberOrNull("duration_ms"),
                        PermissionCodec.mcpServer(f));
            case "PostToolUseFailure" ->
                new PostToolUseFailureInput(
                        c,
                        f.string("tool_name"),
                        f.mapOrEmpty("tool_input"),
                        f.string("tool_use_id"),
                        f.string("error"),
                        f.flagOrFalse("is_interrupt"),
                        f.numberOrNull("duration_ms"),
                        PermissionCodec.mcpServer(f));
            case "PostToolBatch" -> new PostToolBatchInput(c, f.list("tool_calls", HookValues::toolCall));
            case "PermissionDenied" ->
                new PermissionDeniedInput(
                        c,
                        f.string("tool_name"),
                        f.mapOrEmpty("tool_input"),
                        f.string("tool_use_id"),
                        f.string("reason"),
                        PermissionCodec.mcpServer(f));
            case "Notification" ->
                new NotificationInput(c, f.string("message"), f.stringOrNull("title"), f.string("notification_type"));
            case "UserPromptSubmit" ->
                new UserPromptSubmitInput(
                        c,
                        f.string("prompt"),
                        f.valueOrNull("source", PromptSource::new),
                        f.stringOrNull("session_title"));
            case "UserPromptExpansion" ->
                new UserPromptExpansionInput(
                        c,
                        f.value("expansion_type", ExpansionType::new),
                        f.string("command_name"),
                        f.string("command_args"),
                        f.stringOrNull("command_source"),
                        f.string("prompt"));
            case "SessionStart" ->
                new SessionStartInput(
                        c,
                        f.value("source", SessionStartSource::new),
                        f.stringOrNull("model"),
                        f.stringOrNull("session_title"),
                        f.decimalOrNull("seconds_since_last_response"),
                        f.numberOrNull("context_tokens"),
                        f.flagOrNull("prompt_cache_likely_expired"),
                        f.decimalOrNull("estimated_cache_write_usd"));
            case "SessionEnd" -> new SessionEndInput(c, f.value("reason", SessionEndReason::new));
            case "Setup" -> new SetupInput(c, f.value("trigger", SetupTrigger::new));
            case "Stop" ->
                new StopInput(
                        c,
                        f.flag("stop_hook_active"),
                        f.stringOrNull("last_assistant_message"),
                        f.listOrEmpty("background_tasks", HookValues::task),
                        f.listOrEmpty("session_crons", HookValues::cron));
            case "StopFailure" ->
                new StopFailureInput(
                        c,
                        f.value("error", ApiErrorKind::new),
                        f.stringOrNull("error_details"),
                        f.stringOrNull("last_assistant_message"));
            case "SubagentStart" -> new SubagentStartInput(c);
            case "SubagentStop" ->
                new SubagentStopInput(
                        c,
                        f.flag("stop_hook_active"),
                        f.string("agent_transcript_path"),
                        f.stringOrNull("last_assistant_message"),
                        f.listOrEmpty("background_tasks", HookValues::task),
                        f.listOrEmpty("session_crons", HookValues::cron));
            case "PreCompact" ->
                new PreCompactInput(c, f.value("trigger", CompactTrigger::new), f.stringOrNull("custom_instructions"));
            default -> null;
        };
    }

    private static @Nullable HookInput secondHalf(HookContext c, Fields f) {
        return switch (c.event()) {
            case "PostCompact" ->
                new PostCompactInput(c, f.value("trigger", CompactTrigger::new), f.string("compact_summary"));
            case "PreModelSwitch" ->
                new PreModelSwitchInput(
                        c,
                        f.string("from_model"),
                        f.string("to_model"),
                        f.stringOrNull("requested_model"),
                        f.value("source", ModelSwitchSource::new),
                        f.number("context_tokens"),
                        f.flag("prompt_cache_warm"),
                        f.string("cache_ttl"),
                        f.decimal("estimated_cache_write_usd"),
                        f.string("pricing"));
            case "PostModelSwitch" ->
                new PostModelSwitchInput(
                        c,
                        f.string("from_model"),
                        f.string("to_model"),
                        f.stringOrNull("requested_model"),
                        f.value("source", ModelSwitchSource::new),
                        f.number("context_tokens"),
                        f.flag("prompt_cache_warm"),
                        f.string("cache_ttl"),
                        f.decimal("estimated_cache_write_usd"),
                        f.string("pricing"));
            case "PermissionRequest" ->
                new PermissionRequestInput(
                        c,
                        f.string("tool_name"),
                        f.mapOrEmpty("tool_input"),
                        PermissionCodec.updates(f.node("permission_suggestions")),
                        PermissionCodec.mcpServer(f));
            case "TeammateIdle" -> new TeammateIdleInput(c, f.string("teammate_name"), f.string("team_name"));
            case "TaskCreated" ->
                new TaskCreatedInput(
                        c,
                        f.string("task_id"),
                        f.string("task_subject"),
                        f.stringOrNull("task_description"),
                        f.stringOrNull("teammate_name"),
                        f.stringOrNull("team_name"));
            case "TaskCompleted" ->
                new TaskCompletedInput(
                        c,
                        f.string("task_id"),
                        f.string("task_subject"),
                        f.stringOrNull("task_description"),
                        f.stringOrNull("teammate_name"),
                        f.stringOrNull("team_name"));
            case "Elicitation" ->
                new ElicitationInput(
                        c,
                        f.string("mcp_server_name"),
                        f.string("message"),
                        f.valueOrNull("mode", ElicitationMode::new),
                        f.stringOrNull("url"),
                        f.stringOrNull("elicitation_id"),
                        f.mapOrEmpty("requested_schema"));
            case "ElicitationResult" ->
                new ElicitationResultInput(
                        c,
                        f.string("mcp_server_name"),
                        f.stringOrNull("elicitation_id"),
                        f.valueOrNull("mode", ElicitationMode::new),
                        f.value("action", ElicitationAction::new),
                        f.mapOrEmpty("content"));
            case "ConfigChange" ->
                new ConfigChangeInput(c, f.value("source", ConfigSource::new), f.stringOrNull("file_path"));
            case "InstructionsLoaded" ->
                new InstructionsLoadedInput(
                        c,
                        f.string("file_path"),
                        f.value("memory_type", MemoryType::new),
                        f.value("load_reason", LoadReason::new),
                        f.stringsOrEmpty("globs"),
                        f.stringOrNull("trigger_file_path"),
                        f.stringOrNull("parent_file_path"));
            case "WorktreeCreate" -> new WorktreeCreateInput(c, f.string("name"));
            case "WorktreeRemove" -> new WorktreeRemoveInput(c, f.string("worktree_path"));
            case "CwdChanged" -> new CwdChangedInput(c, f.string("old_cwd"), f.string("new_cwd"));
            case "FileChanged" -> new FileChangedInput(c, f.string("file_path"), f.value("event", FileChange::new));
            case "DirectoryAdded" ->
                new DirectoryAddedInput(c, f.string("directory"), f.value("source", DirectorySource::new));
            case "MessageDisplay" ->
                new MessageDisplayInput(
                        c,
                        f.string("turn_id"),
                        f.string("message_id"),
                        f.integer("index"),
                        f.flag("final"),
                        f.string("delta"));
            default -> null;
        };
    }
}
