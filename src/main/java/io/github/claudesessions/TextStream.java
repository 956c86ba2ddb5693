package io.github.claudesessions;

import io.github.claudesessions.message.Message;
import java.util.stream.Stream;

/** The text of a turn as a stream, which throws where the turn fails. */
final class TextStream {
    private TextStream() {}

    static Stream<String> of(Stream<Message> messages) {
        TurnCollector turn = new TurnCollector();
        return messages.mapMulti((message, text) -> {
            turn.note(message);
            String delta = Messages.textDelta(message);
            if (delta != null) {
                text.accept(delta);
            } else if (turn.ended()) {
                turn.resultOrThrow();
            }
        });
    }
}
