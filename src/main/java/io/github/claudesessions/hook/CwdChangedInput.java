package io.github.claudesessions.hook;

/**
 * The working directory has changed. Hook event {@code CwdChanged}.
 *
 * @param context what is known at every event
 * @param oldCwd the one before
 * @param newCwd the one from now on
 */
public record CwdChangedInput(HookContext context, String oldCwd, String newCwd) implements HookInput {}
