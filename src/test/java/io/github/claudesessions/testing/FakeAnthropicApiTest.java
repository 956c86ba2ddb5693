package io.github.claudesessions.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.claudesessions.error.TimeLimitException;
import io.github.claudesessions.internal.json.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class FakeAnthropicApiTest {
    private static final String STREAM = """
            {"model":"m","stream":true,"messages":[{"role":"user","content":"hi"}]}""";
    private static final String WHOLE = """
            {"model":"m","messages":[{"role":"user","content":[{"type":"text","text":"hi"}]}]}""";

    private final FakeAnthropicApi api = FakeAnthropicApi.start();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @AfterEach
    void close() {
        api.close();
        client.shutdownNow();
    }

    @Test
    void streamsTheScriptedDeltas() throws Exception {
        api.reply(Reply.text("Hel", "lo").usage(3, 4).stopReason("max_tokens"));

        HttpResponse<String> response = send(STREAM);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("content-type")).hasValue("text/event-stream; charset=utf-8");
        assertThat(types(response.body()))
                .containsExactly(
                        "message_start",
                        "content_block_start",
                        "content_block_delta",
                        "content_block_delta",
                        "content_block_stop",
                        "message_delta",
                        "message_stop");
        assertThat(response.body())
                .contains("\"text\":\"Hel\"", "\"text\":\"lo\"", "\"input_tokens\":3", "\"output_tokens\":4")
                .contains("\"stop_reason\":\"max_tokens\"", "\"model\":\"m\"");
    }

    @Test
    void answersWholeMessagesWithAllKindsOfBlocks() throws Exception {
        api.reply(Reply.thinking("hm", "m")
                .then(Reply.text("a", "b"))
                .then(Reply.toolUse("Read", Map.of("file_path", "/é")))
                .model("other"));

        Map<String, Object> message = Json.map(send(WHOLE).body().getBytes(StandardCharsets.UTF_8));

        assertThat(message).containsEntry("stop_reason", "tool_use").containsEntry("model", "other");
        List<?> content = Objects.requireNonNull((List<?>) message.get("content"));
        assertThat(content).hasSize(3);
        assertThat((Map<?, ?>) content.get(0)).extracting("thinking").isEqualTo("hmm");
        assertThat((Map<?, ?>) content.get(1)).extracting("text").isEqualTo("ab");
        assertThat((Map<?, ?>) content.get(2)).extracting("input").isEqualTo(Map.of("file_path", "/é"));
    }

    @Test
    void toolInputStreamsAsJsonText() throws Exception {
        api.reply(Reply.toolUse("Bash", Map.of("command", "echo 😀")));

        StringBuilder input = new StringBuilder();
        for (Map<String, Object> event : events(send(STREAM).body())) {
            if (event.get("delta") instanceof Map<?, ?> delta && "input_json_delta".equals(delta.get("type"))) {
                input.append(delta.get("partial_json"));
            }
        }

        assertThat(input).hasToString("{\"command\":\"echo 😀\"}");
    }

    @Test
    void aGateHoldsTheRestBackAndWhatCameBeforeIsSeenAtOnce() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        api.reply(Reply.text("first", "last").pauseAfter(1, gate));

        try (BufferedReader lines = open()) {
            assertThat(readUntil(lines, "first")).noneMatch(l -> l.contains("last"));
            gate.countDown();
            assertThat(readUntil(lines, "message_stop")).anyMatch(l -> l.contains("last"));
        }
    }

    @Test
    void aFailedStageIsAnOpenGate() throws Exception {
        api.reply(Reply.text("a").pauseAfter(0, CompletableFuture.failedFuture(new IOException())));

        assertThat(send(STREAM).body()).contains("message_stop");
    }

    @Test
    void aGateAtZeroKeepsTheApiSilent() throws Exception {
        CompletableFuture<String> gate = new CompletableFuture<>();
        api.reply(Reply.text("a").pauseAfter(0, gate));

        CompletableFuture<HttpResponse<String>> response = client.sendAsync(post(STREAM), BodyHandlers.ofString());
        assertThat(api.awaitRequests(1, Duration.ofSeconds(10))).hasSize(1);
        assertThat(response).isNotDone();
        gate.complete("");

        assertThat(response.get(10, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
    }

    @Test
    void delaysAreKept() throws Exception {
        api.reply(Reply.text("a", "b", "c").delay(Duration.ofMillis(40)).delayBetween(Duration.ofMillis(30)));

        long start = System.nanoTime();
        send(STREAM);

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(100));
    }

    @Test
    void errorsForbidARetryUnlessRetryable() throws Exception {
        api.reply(
                Reply.error(529, "overloaded_error", "too much"),
                Reply.error(429, "rate_limit_error", "slow").retryable());

        HttpResponse<String> last = send(STREAM);
        HttpResponse<String> again = send(STREAM);

        assertThat(last.statusCode()).isEqualTo(529);
        assertThat(last.headers().firstValue("x-should-retry")).hasValue("false");
        assertThat(last.body()).contains("overloaded_error", "too much");
        assertThat(again.statusCode()).isEqualTo(429);
        assertThat(again.headers().firstValue("x-should-retry")).isEmpty();
    }

    @Test
    void dropsBeforeTheFirstByteAndInMidStream() throws Exception {
        CountDownLatch seen = new CountDownLatch(1);
        api.reply(Reply.drop(), Reply.text("seen", "never").pauseAfter(1, seen).dropAfter(1));

        assertThatThrownBy(() -> send(STREAM)).isInstanceOf(IOException.class);
        try (BufferedReader lines = open()) {
            assertThat(readUntil(lines, "seen")).isNotEmpty();
            seen.countDown();
            assertThatThrownBy(() -> readUntil(lines, "never")).isInstanceOf(IOException.class);
        }
    }

    @Test
    void closeEndsAHangingExchangeAtOnceAndRemovesTheHome() throws Exception {
        Path home = Path.of(api.environment().get("HOME"));
        Files.createDirectories(home.resolve(".claude/projects"));
        Files.writeString(home.resolve(".claude/projects/a.jsonl"), "{}");
        api.reply(Reply.hang());
        CompletableFuture<HttpResponse<String>> response = client.sendAsync(post(STREAM), BodyHandlers.ofString());
        assertThat(api.awaitRequests(1, Duration.ofSeconds(10))).hasSize(1);

        long start = System.nanoTime();
        api.close();
        api.close();

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
        assertThatThrownBy(() -> response.get(10, TimeUnit.SECONDS)).isInstanceOf(ExecutionException.class);
        assertThat(home).doesNotExist();
        assertThat(api.requests()).hasSize(1);
    }

    @Test
    void theHandlerAnswersWhenTheQueueIsEmpty() throws Exception {
        api.reply(Reply.text("queued")).replyWith(r -> Reply.text("handled " + r.lastUserText()));

        assertThat(send(STREAM).body()).contains("queued");
        assertThat(api.unusedReplies()).isZero();
        assertThat(send(STREAM).body()).contains("handled hi");
    }

    @Test
    void aHandlerThatFailsIsAnError500() throws Exception {
        api.replyWith(r -> {
            throw new IllegalStateException("mine");
        });

        HttpResponse<String> response = send(STREAM);

        assertThat(response.statusCode()).isEqualTo(500);
        assertThat(response.body()).contains("mine");
    }

    @Test
    void saysWhenNothingWasScripted() throws Exception {
        assertThat(send(WHOLE).body()).contains(FakeAnthropicApi.UNSCRIPTED);
    }

    @Test
    void recordsRequestsAndKeepsTheKeyOutOfTheirText() throws Exception {
        send(WHOLE);

        ApiRequest request = api.lastRequest();
        assertThat(request.header("X-API-KEY")).hasValue("secret-key");
        assertThat(request.toString())
                .contains("POST /v1/messages?beta=true", "MAIN", "model m")
                .doesNotContain("secret-key")
                .doesNotContain("hi");
        assertThat(request.messages()).hasSize(1);
        assertThat(request.streaming()).isFalse();
        assertThat(request.body()).containsEntry("model", "m");
    }

    @Test
    void countsTokensAndAnswersProbesWithoutTouchingTheScript() throws Exception {
        api.reply(Reply.text("kept"));

        HttpResponse<String> count = client.send(
                request("/v1/messages/count_tokens?beta=true")
                        .POST(HttpRequest.BodyPublishers.ofString(STREAM))
                        .build(),
                BodyHandlers.ofString());
        HttpResponse<String> hello = client.send(
                request("/api/hello")
                        .method("HEAD", HttpRequest.BodyPublishers.noBody())
                        .build(),
                BodyHandlers.ofString());

        assertThat(count.body()).matches("\\{\"input_tokens\":\\d+}");
        assertThat(hello.statusCode()).isEqualTo(200);
        assertThat(api.unusedReplies()).isEqualTo(1);
        assertThat(api.requests()).isEmpty();
        assertThat(api.allRequests())
                .extracting(ApiRequest::kind)
                .containsExactly(ApiRequest.Kind.COUNT_TOKENS, ApiRequest.Kind.OTHER);
        assertThatThrownBy(api::lastRequest).isInstanceOf(NoSuchElementException.class);
    }

    @Test
    void awaitingTooManyRequestsEndsAtTheLimit() {
        assertThatThrownBy(() -> api.awaitRequests(1, Duration.ofMillis(10)))
                .isInstanceOf(TimeLimitException.class)
                .hasMessageContaining("0 of 1");
    }

    @Test
    void bodiesMayBeChunkedOrNoJson() throws Exception {
        HttpResponse<String> chunked = client.send(
                request("/v1/messages")
                        .POST(HttpRequest.BodyPublishers.ofInputStream(
                                () -> new java.io.ByteArrayInputStream(WHOLE.getBytes(StandardCharsets.UTF_8))))
                        .build(),
                BodyHandlers.ofString());
        send("no json");

        assertThat(chunked.statusCode()).isEqualTo(200);
        assertThat(api.requests().getFirst().model()).isEqualTo("m");
        assertThat(api.lastRequest().body()).isEmpty();
    }

    @Test
    void fiveHundredStreamsAtOnce() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        api.replyWith(r -> Reply.text("a", "b").pauseAfter(1, gate));
        List<CompletableFuture<HttpResponse<String>>> responses = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            responses.add(client.sendAsync(post(STREAM), BodyHandlers.ofString()));
        }

        assertThat(api.awaitRequests(500, Duration.ofSeconds(20))).hasSize(500);
        gate.countDown();

        for (CompletableFuture<HttpResponse<String>> response : responses) {
            assertThat(response.get(20, TimeUnit.SECONDS).body()).contains("message_stop");
        }
    }

    @Test
    void theExampleWorks() throws Exception {
        // @start region="use"
        try (FakeAnthropicApi model = FakeAnthropicApi.start()) {
            model.reply(
                    Reply.text("I look. ").then(Reply.toolUse("Bash", Map.of("command", "date"))),
                    Reply.text("It is ", "noon."));

            Map<String, String> forTheCli = model.environment();
            // @end
            assertThat(forTheCli)
                    .containsEntry("ANTHROPIC_BASE_URL", model.baseUrl().toString());
            assertThat(model.unusedReplies()).isEqualTo(2);
        }
    }

    private HttpResponse<String> send(String body) throws IOException, InterruptedException {
        return client.send(post(body), BodyHandlers.ofString());
    }

    private BufferedReader open() throws IOException, InterruptedException {
        InputStream in = client.send(post(STREAM), BodyHandlers.ofInputStream()).body();
        return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    }

    private HttpRequest post(String body) {
        return request("/v1/messages?beta=true")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(api.baseUrl() + path)).header("x-api-key", "secret-key");
    }

    private static List<String> readUntil(BufferedReader lines, String part) throws IOException {
        List<String> seen = new ArrayList<>();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            seen.add(line);
            if (line.contains(part)) {
                return seen;
            }
        }
        throw new IOException("ended without " + part);
    }

    private static List<Map<String, Object>> events(String body) {
        return body.lines()
                .filter(l -> l.startsWith("data: "))
                .map(l -> Json.map(l.substring(6).getBytes(StandardCharsets.UTF_8)))
                .toList();
    }

    private static List<Object> types(String body) {
        return events(body).stream().map(e -> e.get("type")).toList();
    }
}
