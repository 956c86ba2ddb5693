package io.github.claudesessions.message;

import org.jspecify.annotations.Nullable;

/**
 * A message of another session is held back, released or dropped. Wire type {@code system/peer_message_hold}.
 *
 * @param state {@code held}, {@code released} or {@code dropped}
 * @param messageUuid the message, or null
 * @param lane how it came: {@code bridge}, {@code stdin} or {@code socket}
 * @param from the sender
 * @param fromName name of the sender, or null
 * @param cause why it is held back, or null
 * @param outcome what became of it, or null
 * @param reason why, or null
 */
public record PeerMessageHold(
        @Nullable String uuid,
        @Nullable String sessionId,
        RawJson raw,
        String state,
        @Nullable String messageUuid,
        String lane,
        String from,
        @Nullable String fromName,
        @Nullable String cause,
        @Nullable String outcome,
        @Nullable String reason)
        implements SystemMessage {}
