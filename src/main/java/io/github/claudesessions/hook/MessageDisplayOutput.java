package io.github.claudesessions.hook;

import io.github.claudesessions.internal.Check;
import java.util.Map;

/** What is shown instead of a piece of text. */
public final class MessageDisplayOutput extends HookOutput<MessageDisplayOutput> {
    private MessageDisplayOutput(Map<String, Object> common, Map<String, Object> specific) {
        super(common, specific);
    }

    /** The text itself. */
    public static MessageDisplayOutput proceed() {
        return new MessageDisplayOutput(Map.of(), Map.of());
    }

    /**
     * Another text, also in what the host reads: in the messages of the turn and in its result. The conversation keeps the
     * text of the model, which is what the model sees later.
     */
    public static MessageDisplayOutput show(String text) {
        return new MessageDisplayOutput(Map.of(), Map.of("displayContent", Check.notNull("text", text)));
    }

    @Override
    MessageDisplayOutput make(Map<String, Object> common, Map<String, Object> specific) {
        return new MessageDisplayOutput(common, specific);
    }
}
