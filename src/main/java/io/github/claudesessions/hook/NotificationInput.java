package io.github.claudesessions.hook;

import org.jspecify.annotations.Nullable;

/**
 * The CLI has something to tell the user. Hook event {@code Notification}.
 *
 * @param context what is known at every event
 * @param message the text
 * @param title its title, or null
 * @param notificationType what it is about
 */
public record NotificationInput(
        HookContext context, String message, @Nullable String title, String notificationType) implements HookInput {}
