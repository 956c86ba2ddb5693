package io.github.claudesessions.hook;

import io.github.claudesessions.message.PermissionMode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a hook is told, one type for each event. A field that this version does not know is in {@link #raw()}. */
public sealed interface HookInput
        permits PreToolUseInput,
                PostToolUseInput,
                PostToolUseFailureInput,
                PostToolBatchInput,
                PermissionDeniedInput,
                NotificationInput,
                UserPromptSubmitInput,
                UserPromptExpansionInput,
                SessionStartInput,
                SessionEndInput,
                SetupInput,
                StopInput,
                StopFailureInput,
                SubagentStartInput,
                SubagentStopInput,
                PreCompactInput,
                PostCompactInput,
                PreModelSwitchInput,
                PostModelSwitchInput,
                PermissionRequestInput,
                TeammateIdleInput,
                TaskCreatedInput,
                TaskCompletedInput,
                ElicitationInput,
                ElicitationResultInput,
                ConfigChangeInput,
                InstructionsLoadedInput,
                WorktreeCreateInput,
                WorktreeRemoveInput,
                CwdChangedInput,
                FileChangedInput,
                DirectoryAddedInput,
                MessageDisplayInput,
                UnknownHookInput {
    /** What is known at every event. */
    HookContext context();

    /** Id of the conversation. */
    default String sessionId() {
        return context().sessionId();
    }

    /** File of the transcript, on the machine of the CLI. */
    default String transcriptPath() {
        return context().transcriptPath();
    }

    /** Working directory, on the machine of the CLI. */
    default String cwd() {
        return context().cwd();
    }

    /** The permission mode, or null. */
    default @Nullable PermissionMode permissionMode() {
        return context().permissionMode();
    }

    /** Id of the subagent that it happens in, null for the main agent. */
    default @Nullable String agentId() {
        return context().agentId();
    }

    /** Type of the agent, or null. */
    default @Nullable String agentType() {
        return context().agentType();
    }

    /** Everything as it was sent. */
    default Map<String, Object> raw() {
        return context().raw();
    }
}
