package io.github.claudesessions.hook;

/**
 * A piece of text is about to be shown. Hook event {@code MessageDisplay}.
 *
 * @param context what is known at every event
 * @param turnId id of the turn
 * @param messageId id of the message
 * @param index number of the piece
 * @param last whether it is the last
 * @param delta the text
 */
public record MessageDisplayInput(
        HookContext context, String turnId, String messageId, int index, boolean last, String delta)
        implements HookInput {}
