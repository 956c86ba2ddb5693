package io.github.claudesessions.testing;

import io.github.claudesessions.internal.Check;
import io.github.claudesessions.internal.json.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link FakeAnthropicApi} answers to one request. Immutable: every method returns a new value, so that one reply
 * can be scripted many times.
 *
 * <p>A message has one or more blocks (text, thinking, tool use), joined by {@link #then}; each block streams as one or
 * more deltas. Positions in {@link #pauseAfter} and {@link #dropAfter} count the deltas of the whole message. A client
 * that did not ask for a stream gets the same message at once, after the same delays and pauses.
 */
public final class Reply {
    private static final Settings DEFAULTS =
            new Settings(Duration.ZERO, Duration.ZERO, Map.of(), Integer.MAX_VALUE, null, null, 12, 7);

    private final List<Block> blocks;
    private final @Nullable Failure failure;
    private final boolean hangs;
    private final Settings settings;

    private Reply(List<Block> blocks, @Nullable Failure failure, boolean hangs, Settings settings) {
        this.blocks = List.copyOf(blocks);
        this.failure = failure;
        this.hangs = hangs;
        this.settings = settings;
    }

    /** A text block that streams as one delta for each of {@code deltas}; at least one. */
    public static Reply text(String... deltas) {
        return block("text", deltas, "");
    }

    /** A thinking block, with a made-up signature, that streams as one delta for each of {@code deltas}; at least one. */
    public static Reply thinking(String... deltas) {
        return block("thinking", deltas, "");
    }

    /** A call of the tool {@code name}. Its input streams as JSON text, in two deltas. */
    public static Reply toolUse(String name, Map<String, ?> input) {
        String json = Json.text(new LinkedHashMap<>(input));
        int half = json.offsetByCodePoints(0, json.codePointCount(0, json.length()) / 2);
        return block(
                "tool_use", new String[] {json.substring(0, half), json.substring(half)}, Check.notBlank("name", name));
    }

    /**
     * An HTTP error with the API's JSON body. It says that a retry is useless ({@code x-should-retry: false}), since the
     * CLI would otherwise go on trying for minutes; {@link #retryable()} takes that back. When the CLI asks for the same turn
     * again nevertheless (after a 400 it leaves out one optional feature after the other, after a 404 it does without a
     * stream), it gets the same error again, at no cost to the script.
     *
     * @param status 400 to 599
     * @param type the API's name of the error, such as {@code overloaded_error}
     */
    public static Reply error(int status, String type, String message) {
        Check.that(status >= 400 && status <= 599, "status must be 400 to 599, was %d", status);
        Failure failure = new Failure(status, Check.notBlank("type", type), Check.notNull("message", message), false);
        return new Reply(List.of(), failure, false, DEFAULTS);
    }

    /** No byte at all: the request is accepted and then stays unanswered until the server is closed. */
    public static Reply hang() {
        return new Reply(List.of(), null, true, DEFAULTS);
    }

    /** The TCP connection is closed before the first byte. The CLI retries this like a network fault. */
    public static Reply drop() {
        return new Reply(List.of(), null, false, DEFAULTS.dropAfter(-1));
    }

    /**
     * This message with the blocks of {@code next} after its own. The other settings of {@code next} are not taken over.
     *
     * @throws IllegalArgumentException if one of the two is not a message
     */
    public Reply then(Reply next) {
        Check.that(isMessage() && next.isMessage(), "only messages can be combined, not an error, hang() or drop()");
        List<Block> all = new ArrayList<>(blocks);
        all.addAll(next.blocks);
        return new Reply(all, null, false, settings);
    }

    /** Waits before the first byte. Default none. */
    public Reply delay(Duration beforeFirstByte) {
        return with(settings.delays(notNegative("beforeFirstByte", beforeFirstByte), settings.betweenDeltas()));
    }

    /** Waits before every delta but the first. Default none. */
    public Reply delayBetween(Duration deltas) {
        return with(settings.delays(settings.beforeFirstByte(), notNegative("deltas", deltas)));
    }

    /**
     * Waits, once {@code deltas} deltas have been sent, until {@code gate} is down. 0 waits before the first byte, so that
     * the API is silent. The server's {@code close()} ends the wait.
     */
    public Reply pauseAfter(int deltas, CountDownLatch gate) {
        Check.notNull("gate", gate);
        return with(settings.gate(Check.atLeast("deltas", 0, deltas), gate::await));
    }

    /** As {@link #pauseAfter(int, CountDownLatch)}, until {@code gate} is completed, also exceptionally. */
    public Reply pauseAfter(int deltas, CompletionStage<?> gate) {
        CompletableFuture<?> future = Check.notNull("gate", gate).toCompletableFuture();
        return with(settings.gate(Check.atLeast("deltas", 0, deltas), () -> {
            try {
                future.get();
            } catch (ExecutionException | CancellationException e) {
                // completed is what counts, not with what
            }
        }));
    }

    /**
     * Closes the TCP connection once {@code deltas} deltas have been sent; with 0 that is after the start of the message. A
     * client that asked for no stream gets no byte. A client may throw away what it has not read when the connection ends:
     * {@link #pauseAfter} with the same number holds the connection open until the test has seen the last delta.
     */
    public Reply dropAfter(int deltas) {
        Check.that(isMessage(), "only a message can be dropped midway");
        return with(settings.dropAfter(Check.atLeast("deltas", 0, deltas)));
    }

    /** The tokens that the reply claims to have used. Default 12 in and 7 out. */
    public Reply usage(long input, long output) {
        Check.that(input >= 0 && output >= 0, "tokens must not be negative, were %d and %d", input, output);
        return with(settings.usage(input, output));
    }

    /** The stop reason. Default {@code tool_use} for a message that calls a tool, else {@code end_turn}. */
    public Reply stopReason(String reason) {
        return with(settings.stopReason(Check.notBlank("reason", reason)));
    }

    /** The model that the reply claims to come from. Default: the one that was asked for. */
    public Reply model(String model) {
        return with(settings.model(Check.notBlank("model", model)));
    }

    /** An error without {@code x-should-retry: false}: the client retries as it sees fit, each try takes a reply. */
    public Reply retryable() {
        Failure given = failure;
        if (given == null) {
            throw new IllegalArgumentException("only an error can be retryable");
        }
        return new Reply(blocks, new Failure(given.status(), given.type(), given.message(), true), hangs, settings);
    }

    boolean isMessage() {
        return !blocks.isEmpty();
    }

    boolean hangs() {
        return hangs;
    }

    @Nullable
    Failure failure() {
        return failure;
    }

    List<Block> blocks() {
        return blocks;
    }

    Settings settings() {
        return settings;
    }

    private Reply with(Settings changed) {
        return new Reply(blocks, failure, hangs, changed);
    }

    private static Reply block(String type, String[] deltas, String name) {
        Check.that(deltas.length > 0, "deltas must not be empty");
        return new Reply(List.of(new Block(type, List.of(deltas), name)), null, false, DEFAULTS);
    }

    private static Duration notNegative(String name, Duration value) {
        Check.that(!Check.notNull(name, value).isNegative(), "%s must not be negative, was %s", name, value);
        return value;
    }
}
