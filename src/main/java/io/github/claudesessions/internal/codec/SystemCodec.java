package io.github.claudesessions.internal.codec;

import io.github.claudesessions.message.SystemMessage;
import io.github.claudesessions.message.UnknownSystemMessage;

/** Chooses the codec of a system message by its subtype. */
final class SystemCodec {
    private SystemCodec() {}

    static SystemMessage decode(String subtype, Frame m) {
        return switch (subtype) {
            case "init" -> InitCodec.initMessage(m);
            case "session_state_changed" -> StateCodec.sessionStateChanged(m);
            case "status" -> StateCodec.statusMessage(m);
            case "compact_boundary" -> StateCodec.compactBoundary(m);
            case "thinking_tokens" -> StateCodec.thinkingTokens(m);
            case "worker_shutting_down" -> StateCodec.workerShuttingDown(m);
            case "commands_changed" -> StateCodec.commandsChanged(m);
            case "session_title_changed" -> StateCodec.sessionTitleChanged(m);
            case "shell_cwd" -> StateCodec.shellCwd(m);
            case "turn_preempted" -> StateCodec.turnPreempted(m);
            case "per_turn_effort_changed" -> StateCodec.perTurnEffortChanged(m);
            case "permission_check_status" -> StateCodec.permissionCheckStatus(m);
            case "session_metadata" -> StateCodec.sessionMetadata(m);
            case "vcs_state_changed" -> StateCodec.vcsStateChanged(m);
            case "task_list_statuses" -> StateCodec.taskListStatuses(m);
            case "api_retry" -> ApiCodec.apiRetry(m);
            case "control_request_progress" -> ApiCodec.controlRequestProgress(m);
            case "model_fallback" -> ApiCodec.modelFallback(m);
            case "model_refusal_fallback" -> ApiCodec.modelRefusalFallback(m);
            case "model_refusal_no_fallback" -> ApiCodec.modelRefusalNoFallback(m);
            case "hook_started" -> HookCodec.hookStarted(m);
            case "hook_progress" -> HookCodec.hookProgress(m);
            case "hook_response" -> HookCodec.hookResponse(m);
            case "plugin_install" -> HookCodec.pluginInstall(m);
            case "elicitation_complete" -> HookCodec.elicitationComplete(m);
            case "mirror_error" -> HookCodec.mirrorError(m);
            case "task_started" -> TaskCodec.taskStarted(m);
            case "task_progress" -> TaskCodec.taskProgress(m);
            case "task_updated" -> TaskCodec.taskUpdated(m);
            case "task_notification" -> TaskCodec.taskNotification(m);
            case "background_tasks_changed" -> TaskCodec.backgroundTasksChanged(m);
            case "task_summary" -> TaskCodec.taskSummary(m);
            case "post_turn_summary" -> TaskCodec.postTurnSummary(m);
            case "informational" -> NoticeCodec.informationalMessage(m);
            case "notification" -> NoticeCodec.notificationMessage(m);
            case "local_command_output" -> NoticeCodec.localCommandOutput(m);
            case "permission_denied" -> NoticeCodec.permissionDenied(m);
            case "memory_recall" -> NoticeCodec.memoryRecall(m);
            case "files_persisted" -> NoticeCodec.filesPersisted(m);
            case "instruction_size_warning" -> NoticeCodec.instructionSizeWarning(m);
            case "session_writes_lost" -> NoticeCodec.sessionWritesLost(m);
            case "file_attachments_missing" -> NoticeCodec.fileAttachmentsMissing(m);
            case "code_change_published" -> NoticeCodec.codeChangePublished(m);
            case "dev_intent" -> NoticeCodec.devIntent(m);
            case "feedback_draft_queued" -> NoticeCodec.feedbackDraftQueued(m);
            case "inherited_asks_settled" -> NoticeCodec.inheritedAsksSettled(m);
            case "late_allow_not_run" -> NoticeCodec.lateAllowNotRun(m);
            case "peer_message_hold" -> NoticeCodec.peerMessageHold(m);
            default -> new UnknownSystemMessage(m.uuid(), m.sessionId(), m.raw(), subtype);
        };
    }
}
