package io.github.claudesessions.hook;

/**
 * The CLI sets itself up. The CLI registers hooks too late for it: never seen over stdio. Hook event {@code Setup}.
 *
 * @param context what is known at every event
 * @param trigger why
 */
public record SetupInput(HookContext context, SetupTrigger trigger) implements HookInput {}
