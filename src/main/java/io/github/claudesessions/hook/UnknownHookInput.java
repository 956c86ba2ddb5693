package io.github.claudesessions.hook;

/**
 * An event that this version of the library does not know.
 *
 * @param context what is known at every event
 */
public record UnknownHookInput(HookContext context) implements HookInput {}
