package io.github.claudesessions.hook;

import org.jspecify.annotations.Nullable;

/**
 * A task was added to the list. Hook event {@code TaskCreated}.
 *
 * @param context what is known at every event
 * @param taskId id of the task
 * @param taskSubject what it is about
 * @param taskDescription more about it, or null
 * @param teammateName whose task it is, or null
 * @param teamName the team, or null
 */
public record TaskCreatedInput(
        HookContext context,
        String taskId,
        String taskSubject,
        @Nullable String taskDescription,
        @Nullable String teammateName,
        @Nullable String teamName)
        implements HookInput {}
