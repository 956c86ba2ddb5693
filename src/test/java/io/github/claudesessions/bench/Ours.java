package io.github.claudesessions.bench;

import io.github.claudesessions.internal.codec.Inbound;
import io.github.claudesessions.internal.codec.InboundDecoder;
import io.github.claudesessions.internal.codec.LineFramer;
import io.github.claudesessions.internal.codec.LineSink;
import io.github.claudesessions.message.ApiEvent;
import io.github.claudesessions.message.AssistantMessage;
import io.github.claudesessions.message.ContentBlock;
import io.github.claudesessions.message.Delta;
import io.github.claudesessions.message.Message;
import io.github.claudesessions.message.ResultMessage;
import io.github.claudesessions.message.StreamEvent;
import io.github.claudesessions.message.TextBlock;
import io.github.claudesessions.message.ToolResultBlock;
import io.github.claudesessions.message.UserMessage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/** The library's part of what {@link Floor} does: framed, decoded, and the text of each message read. */
public final class Ours {
    private Ours() {}

    /** Reads {@code in} to its end; returns how much text there is. */
    public static long texts(InputStream in) {
        Texts texts = new Texts();
        frame(in, texts);
        return texts.length;
    }

    /** Cuts {@code in} into lines; returns their length. */
    public static long bytes(InputStream in) {
        Bytes bytes = new Bytes();
        frame(in, bytes);
        return bytes.length;
    }

    private static void frame(InputStream in, LineSink sink) {
        LineFramer framer = new LineFramer(64 << 20);
        try {
            while (framer.readFrom(in, sink)) {}
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private abstract static class Sink implements LineSink {
        long length;

        @Override
        public void oversize(long bytes, byte[] head) {
            throw new IllegalStateException("a line is too long");
        }
    }

    private static final class Bytes extends Sink {
        @Override
        public void line(byte[] buf, int off, int len) {
            length += len;
        }
    }

    private static final class Texts extends Sink {
        private final InboundDecoder decoder = new InboundDecoder();

        @Override
        public void line(byte[] buf, int off, int len) {
            if (!(decoder.decode(buf, off, len) instanceof Inbound.Delivered delivered)) {
                throw new IllegalStateException("a line is not a message");
            }
            length += textLength(delivered.message());
        }
    }

    /** The length of the text of {@code message}, whatever it is. */
    static int textLength(Message message) {
        return switch (message) {
            case StreamEvent event -> textLength(event.event());
            case AssistantMessage assistant -> textLength(assistant.content());
            case UserMessage user -> textLength(user.content());
            case ResultMessage result -> result.text().length();
            default -> 0;
        };
    }

    private static int textLength(ApiEvent event) {
        if (!(event instanceof ApiEvent.ContentBlockDelta block)) {
            return 0;
        }
        return switch (block.delta()) {
            case Delta.TextDelta text -> text.text().length();
            case Delta.InputJsonDelta input -> input.partialJson().length();
            case Delta.ThinkingDelta thinking -> thinking.thinking().length();
            default -> 0;
        };
    }

    private static int textLength(List<ContentBlock> blocks) {
        int length = 0;
        for (ContentBlock block : blocks) {
            length += switch (block) {
                case TextBlock text -> text.text().length();
                case ToolResultBlock result -> textLength(result.content());
                default -> 0;
            };
        }
        return length;
    }
}
