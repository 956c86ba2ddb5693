package io.github.claudesessions.hook;

/**
 * Tools may use one more folder. Hook event {@code DirectoryAdded}.
 *
 * @param context what is known at every event
 * @param directory the folder
 * @param source who added it
 */
public record DirectoryAddedInput(HookContext context, String directory, DirectorySource source) implements HookInput {}
