package io.github.claudesessions.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.github.claudesessions.error.SessionInterruptedException;
import io.github.claudesessions.error.TimeLimitException;
import io.github.claudesessions.internal.Check;
import io.github.claudesessions.internal.PrivateFolder;
import io.github.claudesessions.internal.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A server on the loopback address that speaks the Messages API with a script, so that the real Claude Code CLI runs
 * offline and for nothing. Give the CLI {@link #environment()}.
 *
 * {@snippet file="io/github/claudesessions/testing/FakeAnthropicApiTest.java" region="use"}
 *
 * <p>Only the turns of a model, its own and those of its agents, take scripted replies, in the order of their arrival.
 * What else the CLI asks for (titles, summaries, token counts) gets a made-up answer of the right form. An agent that
 * works beside the main conversation makes the order of arrival a matter of luck: use {@link #replyWith} there and look
 * at {@link ApiRequest#kind()}.
 *
 * <p>Safe for use by several threads. All its threads are virtual: an open server never keeps a JVM alive.
 */
public final class FakeAnthropicApi implements AutoCloseable {
    /** The reply to a turn for which nothing was scripted. */
    public static final String UNSCRIPTED = "FakeAnthropicApi: nothing was scripted for this turn.";

    private static final Logger log = LoggerFactory.getLogger(FakeAnthropicApi.class);
    private static final Map<String, String> JSON = Map.of("content-type", "application/json");

    private final Script script = new Script();
    private final AtomicLong numbers = new AtomicLong();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final PrivateFolder home;
    private final LoopbackHttp http;

    private FakeAnthropicApi() {
        home = PrivateFolder.create("fake-anthropic-api-");
        try {
            http = LoopbackHttp.start(this::handle);
        } catch (UncheckedIOException e) {
            home.close();
            throw e;
        }
    }

    /**
     * Starts a server on a free port of 127.0.0.1.
     *
     * @throws UncheckedIOException if there is no port or no temp folder
     */
    public static FakeAnthropicApi start() {
        return new FakeAnthropicApi();
    }

    /** The address without a path, such as {@code http://127.0.0.1:40123}. */
    public URI baseUrl() {
        return URI.create("http://127.0.0.1:" + http.port());
    }

    /**
     * The variables that make the CLI talk to this server only: its address, a made-up key, a home and configuration folder
     * of this server's own (removed by {@link #close()}), no update, telemetry or other side traffic, no proxy, and empty
     * values for inherited variables that would choose another provider or another credential. To be laid over the rest of
     * the environment.
     */
    public Map<String, String> environment() {
        Map<String, String> all = new TreeMap<>();
        all.put("ANTHROPIC_BASE_URL", baseUrl().toString());
        all.put("ANTHROPIC_API_KEY", "sk-ant-fake-0000");
        all.put("HOME", home.path().toString());
        all.put("CLAUDE_CONFIG_DIR", home.path().resolve(".claude").toString());
        for (String on :
                List.of("CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC", "DISABLE_AUTOUPDATER", "DISABLE_TELEMETRY")) {
            all.put(on, "1");
        }
        for (String off : List.of(
                "ANTHROPIC_AUTH_TOKEN",
                "ANTHROPIC_CUSTOM_HEADERS",
                "ANTHROPIC_MODEL",
                "CLAUDE_CODE_OAUTH_TOKEN",
                "CLAUDE_CODE_USE_BEDROCK",
                "CLAUDE_CODE_USE_FOUNDRY",
                "CLAUDE_CODE_USE_VERTEX")) {
            all.put(off, "");
        }
        all.put("NO_PROXY", "127.0.0.1");
        all.put("no_proxy", "127.0.0.1");
        return Map.copyOf(all);
    }

    /** Adds replies for the next turns, in order, behind those added before. */
    @CanIgnoreReturnValue
    public FakeAnthropicApi reply(Reply... next) {
        script.add(List.of(next));
        return this;
    }

    /**
     * Answers the turns that find no scripted reply. Default: a text, {@link #UNSCRIPTED}. The handler runs on the thread
     * of the request, also several times at once; when it throws or returns null, the client gets an error 500 that says
     * so.
     */
    @CanIgnoreReturnValue
    public FakeAnthropicApi replyWith(Function<? super ApiRequest, Reply> handler) {
        script.handler(Check.notNull("handler", handler));
        return this;
    }

    /** How many scripted replies no turn has taken yet. */
    public int unusedReplies() {
        return script.unused();
    }

    /**
     * The turns that have been asked for, oldest first; a copy. An error's request that the CLI sent again is not
     * counted again.
     */
    public List<ApiRequest> requests() {
        return script.turns();
    }

    /** Everything that has been received, of every {@linkplain ApiRequest.Kind kind}, oldest first; a copy. */
    public List<ApiRequest> allRequests() {
        return script.all();
    }

    /**
     * The newest of {@link #requests()}.
     *
     * @throws NoSuchElementException if there is none
     */
    public ApiRequest lastRequest() {
        return script.turns().getLast();
    }

    /**
     * Waits until {@code count} turns have been asked for. A request counts when it has arrived, not when it is answered.
     *
     * @return {@link #requests()}, at least {@code count} of them
     * @throws TimeLimitException if they have not come within {@code limit}
     * @throws SessionInterruptedException if this thread is interrupted; its flag is set again
     */
    public List<ApiRequest> awaitRequests(int count, Duration limit) {
        try {
            List<ApiRequest> turns = script.awaitTurns(count, Check.notNull("limit", limit));
            if (turns.size() < count) {
                throw new TimeLimitException(
                        "%d of %d requests came to the fake API within %s".formatted(turns.size(), count, limit),
                        "awaitRequests",
                        limit);
            }
            return turns;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SessionInterruptedException("waiting for a request to the fake API was interrupted", e);
        }
    }

    /**
     * Ends all exchanges at once, the hanging ones included, stops listening, and removes the CLI's home folder as far as
     * no process holds on to it. What was recorded stays readable. Takes at most about a second; closing twice does
     * nothing.
     */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            http.close();
            home.close();
        }
    }

    /** The address. */
    @Override
    public String toString() {
        return "FakeAnthropicApi[" + baseUrl() + "]";
    }

    private void handle(HttpExchange exchange) throws IOException, InterruptedException {
        HttpHead head = exchange.head();
        ApiRequest request = new ApiRequest(head.method(), head.target(), head.headers(), body(exchange.body()));
        Script.Step step = script.next(request);
        switch (request.kind()) {
            case MAIN, SUBAGENT -> {
                Reply reply = step.reply().orElseGet(() -> decide(request, step));
                script.answering(request, reply);
                write(exchange, request, reply);
            }
            case COMPACTION, AUXILIARY -> write(exchange, request, AuxiliaryReplies.to(request));
            case COUNT_TOKENS -> {
                // Roughly what a tokenizer finds in English text.
                exchange.answer(200, JSON, ReplyWriter.bytes(Map.of("input_tokens", exchange.body().length / 4)));
            }
            case OTHER -> exchange.answer(200, JSON, ReplyWriter.bytes(Map.of()));
        }
    }

    private void write(HttpExchange exchange, ApiRequest request, Reply reply)
            throws IOException, InterruptedException {
        new ReplyWriter(exchange, reply, numbers.incrementAndGet(), request.model()).write(request.streaming());
    }

    private static Reply decide(ApiRequest request, Script.Step step) {
        Function<? super ApiRequest, Reply> handler = step.handler();
        if (handler == null) {
            return Reply.text(UNSCRIPTED);
        }
        try {
            return Check.notNull("the reply of the replyWith handler", handler.apply(request));
        } catch (RuntimeException e) {
            log.warn("the replyWith handler failed for {}", request, e);
            return Reply.error(500, "api_error", "FakeAnthropicApi: the replyWith handler failed: " + e);
        }
    }

    private static Map<String, Object> body(byte[] json) throws IOException {
        if (json.length == 0) {
            return Map.of();
        }
        try {
            JsonNode parsed = Json.parse(json, 0, json.length);
            return parsed instanceof ObjectNode object ? Json.map(object) : Map.of();
        } catch (JsonProcessingException e) {
            log.debug("a body is not JSON", e);
            return Map.of();
        }
    }
}
