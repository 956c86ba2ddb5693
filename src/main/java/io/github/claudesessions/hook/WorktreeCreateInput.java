package io.github.claudesessions.hook;

/**
 * A worktree is to be made. Hook event {@code WorktreeCreate}.
 *
 * @param context what is known at every event
 * @param name its name
 */
public record WorktreeCreateInput(HookContext context, String name) implements HookInput {}
