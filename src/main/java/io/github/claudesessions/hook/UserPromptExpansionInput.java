package io.github.claudesessions.hook;

import org.jspecify.annotations.Nullable;

/**
 * A prompt is a command that stands for another text. Hook event {@code UserPromptExpansion}.
 *
 * @param context what is known at every event
 * @param expansionType what it was expanded from
 * @param commandName name of the command
 * @param commandArgs what follows the name
 * @param commandSource where the command came from, or null
 * @param prompt the prompt as it was sent
 */
public record UserPromptExpansionInput(
        HookContext context,
        ExpansionType expansionType,
        String commandName,
        String commandArgs,
        @Nullable String commandSource,
        String prompt)
        implements HookInput {}
