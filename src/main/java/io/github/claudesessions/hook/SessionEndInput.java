package io.github.claudesessions.hook;

/**
 * A conversation ends. At the end of the process nothing can be told any more, so that this is seen at {@code /clear} only. Hook event {@code SessionEnd}.
 *
 * @param context what is known at every event
 * @param reason why
 */
public record SessionEndInput(HookContext context, SessionEndReason reason) implements HookInput {}
