package io.github.claudesessions.hook;

import io.github.claudesessions.internal.Frozen;
import io.github.claudesessions.message.PermissionMode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is known at every event.
 *
 * @param event name of the event as it is on the wire
 * @param sessionId id of the conversation
 * @param transcriptPath file of the transcript, on the machine of the CLI
 * @param cwd working directory, on the machine of the CLI
 * @param promptId id of the prompt that it belongs to, or null
 * @param permissionMode the permission mode, or null
 * @param agentId id of the subagent that it happens in, null for the main agent
 * @param agentType type of the agent, or null
 * @param effort how hard the model works, or null
 * @param raw everything as it was sent
 */
public record HookContext(
        String event,
        String sessionId,
        String transcriptPath,
        String cwd,
        @Nullable String promptId,
        @Nullable PermissionMode permissionMode,
        @Nullable String agentId,
        @Nullable String agentType,
        @Nullable String effort,
        Map<String, Object> raw) {
    /** Copies the collection. */
    public HookContext {
        raw = Frozen.map(raw);
    }

    /** The event and the conversation; everything else is left out. */
    @Override
    public String toString() {
        return "HookContext[" + event + ", " + sessionId + "]";
    }
}
