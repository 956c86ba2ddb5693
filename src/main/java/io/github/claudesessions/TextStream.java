package io.github.claudesessions;

import io.github.claudesessions.message.ApiEvent.MessageStart;
import io.github.claudesessions.message.AssistantMessage;
import io.github.claudesessions.message.Message;
import io.github.claudesessions.message.StreamEvent;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The text of a turn as a stream, which throws where the turn fails. After lost connections the CLI asks the API for an
 * answer in one piece: of that one there are no deltas.
 */
final class TextStream {
    private final TurnCollector turn = new TurnCollector();

    /** The answer that comes in pieces, as far as the CLI tells. */
    private @Nullable String inPieces;

    /** Whether a piece has come since the last whole message. */
    private boolean begun;

    private TextStream() {}

    static Stream<String> of(Stream<Message> messages) {
        TextStream text = new TextStream();
        return messages.mapMulti(text::take);
    }

    private void take(Message message, Consumer<? super String> text) {
        turn.note(message);
        String delta = Messages.textDelta(message);
        if (delta != null) {
            begun = true;
            text.accept(delta);
        } else if (message instanceof StreamEvent event
                && event.parentToolUseId() == null
                && event.event() instanceof MessageStart start) {
            inPieces = start.id();
        } else if (message instanceof AssistantMessage answer && answer.parentToolUseId() == null) {
            whole(answer, text);
        } else if (turn.ended()) {
            turn.resultOrThrow();
        }
    }

    private void whole(AssistantMessage answer, Consumer<? super String> text) {
        boolean known = inPieces == null ? begun : inPieces.equals(answer.id());
        begun = false;
        String whole = answer.text();
        if (!known && !answer.isSynthetic() && !whole.isEmpty()) {
            text.accept(whole);
        }
    }
}
