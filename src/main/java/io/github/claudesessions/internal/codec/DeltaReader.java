package io.github.claudesessions.internal.codec;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.claudesessions.message.ApiEvent;
import io.github.claudesessions.message.Delta;
import io.github.claudesessions.message.RawJson;
import io.github.claudesessions.message.StreamEvent;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the lines that come by the thousand, pieces of text, of thinking and of a tool's input, by the very bytes that
 * the CLI writes them with, in half the time that a JSON parser takes to skip them. It gives up on everything else, down to a
 * blank or a field that it does not know, so that there is one place where leniency is decided.
 *
 * <pre>
 *   line  = {"type":"stream_event","event":{EVENT}MEMBER*}
 *   EVENT = TYPE,"index":N,"delta":{DELTA}  or  "index":N,"delta":{DELTA},TYPE
 * </pre>
 *
 * One session's, one thread at a time: it remembers the ids that each line repeats.
 */
final class DeltaReader {
    private static final byte[] START = ascii("{'type':'stream_event','event':{");
    private static final byte[] TYPE = ascii("'type':'content_block_delta'");
    private static final byte[] INDEX = ascii("'index':");
    private static final byte[] DELTA = ascii(",'delta':{'type':'");
    private static final byte[] TEXT = ascii("text_delta','text':'");
    private static final byte[] INPUT = ascii("input_json_delta','partial_json':'");
    private static final byte[] THINKING = ascii("thinking_delta','thinking':'");
    private static final byte[] SESSION_ID = ascii(",'session_id':'");
    private static final byte[] NO_PARENT = ascii(",'parent_tool_use_id':null");
    private static final byte[] PARENT = ascii(",'parent_tool_use_id':'");
    private static final byte[] UUID = ascii(",'uuid':'");
    private static final byte[] API_MESSAGE_ID = ascii(",'api_message_id':'");
    private static final byte[] THINKING_DISPLAY = ascii(",'thinking_display':'");

    private final Repeated sessionIds = new Repeated();
    private final Repeated parents = new Repeated();
    private final Repeated apiMessageIds = new Repeated();

    // the line
    private byte[] buf = {};
    private int at;
    private int end;

    /** Returns the event, or null if the line is not exactly one of those. */
    @Nullable
    StreamEvent read(byte[] line, int off, int len) {
        buf = line;
        at = off;
        end = off + len;
        if (!skip(START)) {
            return null;
        }
        ApiEvent event = event();
        return event == null ? null : members(event, off);
    }

    private @Nullable ApiEvent event() {
        boolean typeFirst = skip(TYPE) && skip(',');
        int index = skip(INDEX) ? number() : -1;
        Delta delta = index >= 0 && skip(DELTA) ? delta() : null;
        if (delta == null || !skip('}')) {
            return null;
        }
        boolean whole = (typeFirst || (skip(',') && skip(TYPE))) && skip('}');
        return whole ? new ApiEvent.ContentBlockDelta(index, delta) : null;
    }

    private @Nullable Delta delta() {
        if (skip(TEXT)) {
            String text = string();
            return text == null ? null : new Delta.TextDelta(text);
        }
        if (skip(INPUT)) {
            String json = string();
            return json == null ? null : new Delta.InputJsonDelta(json);
        }
        String thinking = skip(THINKING) ? string() : null;
        return thinking == null ? null : new Delta.ThinkingDelta(thinking);
    }

    private @Nullable StreamEvent members(ApiEvent event, int off) {
        String uuid = null;
        String sessionId = null;
        String parent = null;
        String apiMessageId = null;
        while (!skip('}')) {
            boolean known;
            if (skip(SESSION_ID)) {
                sessionId = string(sessionIds);
                known = sessionId != null;
            } else if (skip(NO_PARENT)) {
                parent = null;
                known = true;
            } else if (skip(PARENT)) {
                parent = string(parents);
                known = parent != null;
            } else if (skip(UUID)) {
                uuid = string();
                known = uuid != null;
            } else if (skip(API_MESSAGE_ID)) {
                apiMessageId = string(apiMessageIds);
                known = apiMessageId != null;
            } else {
                known = skip(THINKING_DISPLAY) && string() != null;
            }
            if (!known) {
                return null;
            }
        }
        return at < end
                ? null
                : new StreamEvent(
                        uuid,
                        sessionId,
                        RawJson.ofUtf8(Arrays.copyOfRange(buf, off, end)),
                        event,
                        parent,
                        null,
                        null,
                        List.of(),
                        null,
                        apiMessageId);
    }

    // ---- bytes

    /** Goes past {@code expected} if it comes next. */
    private boolean skip(byte[] expected) {
        int to = at + expected.length;
        if (to > end || !Arrays.equals(buf, at, to, expected, 0, expected.length)) {
            return false;
        }
        at = to;
        return true;
    }

    private boolean skip(char expected) {
        if (at == end || buf[at] != expected) {
            return false;
        }
        at++;
        return true;
    }

    /** A small number without a sign, or -1. */
    private int number() {
        int from = at;
        int number = 0;
        while (at < end && at - from < 9 && buf[at] >= '0' && buf[at] <= '9') {
            number = 10 * number + buf[at++] - '0';
        }
        boolean leadingZero = at - from > 1 && buf[from] == '0';
        return at == from || leadingZero ? -1 : number;
    }

    /** The string that ends here after others that were mostly the same; null as for {@link #string()}. */
    private @Nullable String string(Repeated last) {
        if (skip(last.bytes)) {
            return last.text;
        }
        int from = at;
        String text = string();
        if (text != null) {
            last.bytes = Arrays.copyOfRange(buf, from, at);
            last.text = text;
        }
        return text;
    }

    /** The string that begins here, its closing quote skipped, or null if it takes a parser to tell. */
    private @Nullable String string() {
        int from = at;
        at = Bytes.endOfPlainText(buf, from, end);
        if (at < end && buf[at] == '\\') {
            return escaped(from);
        }
        int to = at;
        return skip('"') ? checked(new String(buf, from, to - from, UTF_8)) : null;
    }

    /** The same for a string from {@code from} whose first backslash is here. */
    private @Nullable String escaped(int from) {
        int to = at;
        while (to < end && buf[to] == '\\') {
            to = Bytes.endOfPlainText(buf, Math.min(to + 2, end), end);
        }
        if (to == end || buf[to] != '"') {
            return null;
        }
        byte[] plain = new byte[to - from];
        int length = at - from;
        System.arraycopy(buf, from, plain, 0, length);
        while (at < to) {
            byte b = buf[at++];
            if (b == '\\') {
                b = meaning(buf[at++]);
                if (b == 0) {
                    return null;
                }
            }
            plain[length++] = b;
        }
        at = to + 1;
        return checked(new String(plain, 0, length, UTF_8));
    }

    /** What {@code escape} stands for after a backslash; 0 for a number and for what stands for nothing. */
    private static byte meaning(byte escape) {
        return switch (escape) {
            case '"', '\\', '/' -> escape;
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'r' -> '\r';
            case 'b' -> '\b';
            case 'f' -> '\f';
            default -> 0;
        };
    }

    /** The decoder replaces what is not UTF-8; a parser refuses it. */
    private static @Nullable String checked(String text) {
        return text.indexOf('\uFFFD') < 0 ? text : null;
    }

    private static byte[] ascii(String json) {
        return json.replace('\'', '"').getBytes(US_ASCII);
    }

    /** A string and its bytes up to its closing quote. */
    private static final class Repeated {
        byte[] bytes = {'"'};
        String text = "";
    }
}
