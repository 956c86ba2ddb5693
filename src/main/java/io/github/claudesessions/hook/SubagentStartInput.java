package io.github.claudesessions.hook;

/**
 * A subagent starts; {@link #agentId()} and {@link #agentType()} say which. Hook event {@code SubagentStart}.
 *
 * @param context what is known at every event
 */
public record SubagentStartInput(HookContext context) implements HookInput {}
