package io.github.claudesessions.hook;

/**
 * A teammate is about to be idle. Hook event {@code TeammateIdle}.
 *
 * @param context what is known at every event
 * @param teammateName who
 * @param teamName the team
 */
public record TeammateIdleInput(HookContext context, String teammateName, String teamName) implements HookInput {}
