package io.github.claudesessions.hook;

/**
 * A file that is watched has changed. Hook event {@code FileChanged}.
 *
 * @param context what is known at every event
 * @param filePath the file
 * @param event what happened
 */
public record FileChangedInput(HookContext context, String filePath, FileChange event) implements HookInput {}
