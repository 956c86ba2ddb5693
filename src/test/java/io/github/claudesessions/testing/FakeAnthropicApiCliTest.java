package io.github.claudesessions.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.claudesessions.internal.json.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the fake API promises, judged by the real CLI. */
@Timeout(60)
class FakeAnthropicApiCliTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final FakeAnthropicApi api = FakeAnthropicApi.start();

    @TempDir
    private Path cwd;

    @AfterEach
    void close() {
        api.close();
    }

    @Test
    void aTextTurn() throws Exception {
        api.reply(Reply.text("Hello ", "there").usage(30, 40));

        try (CliProcess cli = CliProcess.start(api, cwd)) {
            JsonNode result = cli.turn("say hello");

            assertThat(result.path("is_error").asBoolean()).isFalse();
            assertThat(result.path("result").asText()).isEqualTo("Hello there");
            assertThat(result.at("/usage/input_tokens").asInt()).isEqualTo(30);
            assertThat(result.at("/usage/output_tokens").asInt()).isEqualTo(40);
        }
        ApiRequest request = api.lastRequest();
        assertThat(request.kind()).isEqualTo(ApiRequest.Kind.MAIN);
        assertThat(request.streaming()).isTrue();
        assertThat(request.tools()).contains("Bash", "Read");
        assertThat(request.system()).endsWith("Be brief.");
        assertThat(request.lastUserText()).endsWith("say hello");
        assertThat(request.header("x-api-key")).hasValue(api.environment().get("ANTHROPIC_API_KEY"));
        assertThat(api.allRequests()).hasSize(1);
    }

    @Test
    void deltasArriveWhileTheReplyIsHeldBack() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        api.reply(Reply.text("first", "last").pauseAfter(1, gate));

        try (CliProcess cli = CliProcess.start(api, cwd, "--include-partial-messages")) {
            cli.prompt("go");
            cli.await(m -> m.at("/event/delta/text").asText().equals("first"));
            gate.countDown();
            cli.await(m -> m.at("/event/delta/text").asText().equals("last"));

            assertThat(cli.result().path("result").asText()).isEqualTo("firstlast");
        }
    }

    @Test
    void thinkingThenText() throws Exception {
        api.reply(Reply.thinking("Let me ", "see.").then(Reply.text("Seen.")));

        try (CliProcess cli = CliProcess.start(api, cwd)) {
            cli.prompt("go");
            JsonNode thought =
                    cli.await(m -> m.at("/message/content/0/type").asText().equals("thinking"));

            assertThat(thought.at("/message/content/0/thinking").asText()).isEqualTo("Let me see.");
            assertThat(cli.result().path("result").asText()).isEqualTo("Seen.");
        }
    }

    @Test
    void aToolRoundTrip() throws Exception {
        api.reply(
                Reply.text("I run it. ").then(Reply.toolUse("Bash", Map.of("command", "echo hi"))),
                Reply.text("It said hi."));

        try (CliProcess cli = CliProcess.start(api, cwd, "--allowedTools=Bash")) {
            JsonNode result = cli.turn("run echo hi");

            assertThat(result.path("result").asText()).isEqualTo("It said hi.");
            assertThat(result.path("num_turns").asInt()).isEqualTo(2);
        }
        Map<String, Object> answer = api.lastRequest().messages().getLast();
        assertThat(answer.toString()).contains("tool_result", "content=hi");
    }

    @Test
    void twoToolsInOneMessage() throws Exception {
        api.reply(
                Reply.toolUse("Bash", Map.of("command", "echo one"))
                        .then(Reply.toolUse("Bash", Map.of("command", "echo two"))),
                Reply.text("Both."));

        try (CliProcess cli = CliProcess.start(api, cwd, "--allowedTools=Bash")) {
            assertThat(cli.turn("run both").path("result").asText()).isEqualTo("Both.");
        }
        assertThat(api.lastRequest().messages().toString()).contains("content=one", "content=two");
    }

    @ParameterizedTest
    @CsvSource({"401,authentication_error", "400,invalid_request_error", "404,not_found_error", "529,overloaded_error"})
    void errorsComeAtOnceWithTheirStatus(int status, String type) throws Exception {
        api.reply(Reply.error(status, type, "made up"), Reply.text("kept for the next turn"));

        try (CliProcess cli = CliProcess.start(api, cwd)) {
            JsonNode result = cli.turn("hi");

            assertThat(result.path("is_error").asBoolean()).isTrue();
            assertThat(result.path("api_error_status").asInt()).isEqualTo(status);
            assertThat(result.path("terminal_reason").asText()).isEqualTo("api_error");
            assertThat(cli.turn("again").path("result").asText()).isEqualTo("kept for the next turn");
        }
        assertThat(api.requests()).hasSize(2);
    }

    @Test
    void aRetryableErrorIsRetried() throws Exception {
        api.reply(Reply.error(529, "overloaded_error", "made up").retryable(), Reply.text("second try"));

        try (CliProcess cli = CliProcess.start(api, cwd)) {
            assertThat(cli.turn("hi").path("result").asText()).isEqualTo("second try");
        }
        assertThat(api.requests()).hasSize(2);
    }

    @Test
    void aHangingApiLeavesTheCliToSigterm() throws Exception {
        api.reply(Reply.hang());

        try (CliProcess cli = CliProcess.start(api, cwd)) {
            cli.prompt("hi");
            api.awaitRequests(1, LIMIT);

            assertThat(cli.terminate()).isEqualTo(143);
        }
    }

    @Test
    void aConnectionDroppedBeforeTheFirstByteIsRetried() throws Exception {
        api.reply(Reply.drop(), Reply.text("second try"));

        try (CliProcess cli = CliProcess.start(api, cwd)) {
            assertThat(cli.turn("hi").path("result").asText()).isEqualTo("second try");
        }
    }

    @Test
    void aConnectionDroppedInMidStreamIsRetriedToo() throws Exception {
        CountDownLatch seen = new CountDownLatch(1);
        api.reply(Reply.text("seen", "never").pauseAfter(1, seen).dropAfter(1), Reply.text("after"));

        try (CliProcess cli = CliProcess.start(api, cwd, "--include-partial-messages")) {
            cli.prompt("hi");
            cli.await(m -> m.at("/event/delta/text").asText().equals("seen"));
            seen.countDown();
            JsonNode result = cli.result();

            assertThat(result.path("result").asText()).isEqualTo("after");
        }
    }

    @Test
    void twoTurnsKeepTheirContext() throws Exception {
        api.reply(Reply.text("first answer"), Reply.text("second answer"));

        try (CliProcess cli = CliProcess.start(api, cwd)) {
            cli.turn("first prompt");
            cli.turn("second prompt");
        }
        assertThat(api.requests()).hasSize(2);
        ApiRequest second = api.lastRequest();
        assertThat(second.messages().toString()).contains("first prompt", "first answer", "second prompt");
        assertThat(second.lastUserText()).isEqualTo("second prompt");
    }

    @Test
    void worksWithoutTools() throws Exception {
        api.reply(Reply.text("none"));

        try (CliProcess cli = CliProcess.start(api, cwd, "--tools=")) {
            assertThat(cli.turn("hi").path("result").asText()).isEqualTo("none");
        }
        assertThat(api.lastRequest().tools()).isEmpty();
    }

    @Test
    void whatTheCliAsksOnItsOwnAccountTakesNoReply() throws Exception {
        api.reply(Reply.text("one"), Reply.text("two"));

        try (CliProcess cli = CliProcess.start(api, cwd)) {
            cli.turn("first");
            control(
                    cli,
                    Map.of(
                            "subtype",
                            "generate_session_title",
                            "description",
                            "making lists of many things",
                            "persist",
                            true));
            control(cli, Map.of("subtype", "get_context_usage"));
            cli.turn("/compact");
            assertThat(cli.turn("second").path("result").asText()).isEqualTo("two");
        }
        assertThat(api.requests()).extracting(ApiRequest::kind).containsOnly(ApiRequest.Kind.MAIN);
        assertThat(api.allRequests())
                .extracting(ApiRequest::kind)
                .contains(ApiRequest.Kind.AUXILIARY, ApiRequest.Kind.COUNT_TOKENS, ApiRequest.Kind.COMPACTION);
        assertThat(api.lastRequest().messages().toString()).contains("a made-up summary");
    }

    @Test
    void anAgentsTurnsAreTold() throws Exception {
        CountDownLatch mainHasEnded = new CountDownLatch(1); // else its turn may take the agent's report with it
        api.replyWith(r -> r.kind() == ApiRequest.Kind.SUBAGENT
                ? Reply.text("from the agent").pauseAfter(0, mainHasEnded)
                : r.messages().toString().contains("tool_result")
                        ? Reply.text("from the main loop")
                        : Reply.toolUse(
                                "Agent",
                                Map.of("description", "d", "prompt", "p", "subagent_type", "general-purpose")));

        try (CliProcess cli = CliProcess.start(api, cwd, "--allowedTools=Agent")) {
            cli.prompt("delegate");
            assertThat(cli.result().has("origin")).isFalse();
            mainHasEnded.countDown();
            cli.await(m -> m.path("subtype").asText().equals("task_notification"));
            cli.await(m -> m.path("type").asText().equals("result") && m.has("origin"));
        }
        List<ApiRequest> agents = api.requests().stream()
                .filter(r -> r.kind() == ApiRequest.Kind.SUBAGENT)
                .toList();
        assertThat(agents).hasSize(1);
        assertThat(agents.getFirst().agentId()).isPresent();
    }

    private static void control(CliProcess cli, Map<String, Object> request) throws IOException {
        cli.control(Json.tree(request));
        cli.await(m -> m.path("type").asText().equals("control_response"));
    }
}
