package io.github.claudesessions.hook;

/**
 * A worktree is to be removed. Hook event {@code WorktreeRemove}.
 *
 * @param context what is known at every event
 * @param worktreePath its folder
 */
public record WorktreeRemoveInput(HookContext context, String worktreePath) implements HookInput {}
