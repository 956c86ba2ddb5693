package io.github.claudesessions.bench;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.github.claudesessions.ClaudeSession;
import io.github.claudesessions.message.ApiEvent;
import io.github.claudesessions.message.Delta;
import io.github.claudesessions.message.Message;
import io.github.claudesessions.message.StreamEvent;
import io.github.claudesessions.scale.Stub;
import io.github.claudesessions.testing.JavaCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** How long a delta takes from its process to the code that reads its text, at 1,000 a second. */
final class Latency {
    private static final int WARM_UP = 1_000;
    private static final long PACE_NANOS = 1_000_000;
    private static final JsonFactory JSON = new JsonFactory();

    private final int deltas;
    private final List<String> ticker;
    private final long[] nanos;
    private int count;

    Latency(int deltas) {
        this.deltas = deltas;
        this.nanos = new long[deltas + WARM_UP];
        this.ticker = JavaCommand.of(
                List.of("-XX:TieredStopAtLevel=1"),
                Ticker.class,
                Integer.toString(deltas + WARM_UP),
                Long.toString(PACE_NANOS));
    }

    /** The median and the 99th percentile, each the best of {@code rounds}. */
    Comparison[] compare(int rounds) throws Exception {
        double[] floor = {Double.MAX_VALUE, Double.MAX_VALUE};
        double[] ours = {Double.MAX_VALUE, Double.MAX_VALUE};
        for (int i = 0; i < rounds; i++) {
            floor();
            keepBest(floor);
            ours();
            keepBest(ours);
        }
        return new Comparison[] {
            new Comparison("latency of a delta, p50", floor[0], ours[0], "us"),
            new Comparison("latency of a delta, p99", floor[1], ours[1], "us")
        };
    }

    private void keepBest(double[] best) {
        if (count != nanos.length) {
            throw new IllegalStateException(count + " deltas came, not " + nanos.length);
        }
        long[] sorted = Arrays.copyOfRange(nanos, WARM_UP, count);
        Arrays.sort(sorted);
        best[0] = Math.min(best[0], sorted[deltas / 2] / 1e3);
        best[1] = Math.min(best[1], sorted[deltas * 99 / 100] / 1e3);
    }

    private void read(String text) {
        nanos[count++] = System.nanoTime() - Long.parseLong(text);
    }

    private void ours() {
        count = 0;
        String command = "'" + String.join("' '", ticker) + "'";
        try (ClaudeSession session =
                        ClaudeSession.open(Stub.options("on_prompt() { started; " + command + "; finish done; }")
                                .includePartialMessages(true)
                                .build());
                Stream<Message> turn = session.stream("go")) {
            turn.forEach(message -> {
                if (message instanceof StreamEvent event
                        && event.event() instanceof ApiEvent.ContentBlockDelta block
                        && block.delta() instanceof Delta.TextDelta text) {
                    read(text.text());
                }
            });
        }
    }

    private void floor() throws IOException {
        count = 0;
        Process process =
                new ProcessBuilder(ticker).redirectError(Redirect.INHERIT).start();
        Floor.lines(process.getInputStream(), (buffer, start, length) -> read(text(buffer, start, length)));
    }

    /** The string after the name {@code text}. */
    private static String text(byte[] buffer, int start, int length) {
        try (JsonParser parser = JSON.createParser(buffer, start, length)) {
            String text = "";
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token == JsonToken.FIELD_NAME && parser.currentName().equals("text")) {
                    text = parser.nextTextValue();
                }
            }
            return text;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
