package io.github.claudesessions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.claudesessions.error.TurnCutException;
import io.github.claudesessions.testing.FakeClaude;
import io.github.claudesessions.tool.Tool;
import io.github.claudesessions.tool.ToolResult;
import io.github.claudesessions.tool.ToolServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Predicate;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a recording of the Flight Recorder has. */
@Timeout(90)
class FlightTest {
    private static final String PREFIX = "io.github.claudesessions.";
    private static final String SECRET = "planted-secret-4711";

    private final FakeClaude fake = FakeClaude.create();
    private final BlockingQueue<RecordedEvent> arriving = new LinkedBlockingQueue<>();
    private final List<RecordedEvent> seen = new ArrayList<>();
    private final RecordingStream recording = new RecordingStream();

    @BeforeEach
    void record() {
        for (String name : List.of(
                "Turn",
                "ControlRequest",
                "ToolCall",
                "SessionStart",
                "SessionStop",
                "SessionRestart",
                "SessionEviction")) {
            recording.enable(PREFIX + name);
            recording.onEvent(PREFIX + name, arriving::add);
        }
        recording.setReuse(false);
        recording.startAsync();
    }

    @AfterEach
    void end() {
        recording.close();
    }

    private RecordedEvent await(String name, Predicate<RecordedEvent> wanted) {
        while (true) {
            for (RecordedEvent event : seen) {
                if (event.getEventType().getName().equals(PREFIX + name) && wanted.test(event)) {
                    return event;
                }
            }
            seen.add(Fakes.take(arriving));
        }
    }

    @Test
    void sessionTurnToolAndQuestionsAreRecordedWithoutWhatTheySay() {
        Tool tool = Tool.of("look", "Looks", Map.of("type", "object"), (input, context) -> ToolResult.text(SECRET));
        fake.turn(turn -> {
            Fakes.callTool(turn, "own", "look", Map.of("key", SECRET));
            turn.result("the answer is " + SECRET);
        });
        String id;
        try (ClaudeSession session = ClaudeSession.open(ClaudeOptions.builder()
                .transport(fake)
                .apiKey(SECRET)
                .env("MY_TOKEN", SECRET)
                .systemPrompt(SECRET)
                .toolServer(ToolServer.of("own", tool))
                .build())) {
            id = session.sessionId().orElseThrow();
            session.query("my secret is " + SECRET);
            session.setModel(SECRET);
        }
        Predicate<RecordedEvent> its = event -> id.equals(event.getString("sessionId"));
        assertThat(await("SessionStart", its).getString("outcome")).isEqualTo("ready");
        RecordedEvent turn = await("Turn", its);
        assertThat(turn.getString("outcome")).isEqualTo("success");
        assertThat(turn.getBoolean("error")).isFalse();
        assertThat(turn.getDuration()).isPositive();
        RecordedEvent call =
                await("ToolCall", event -> event.getString("server").equals("own"));
        assertThat(call.getString("tool")).isEqualTo("look");
        assertThat(call.getString("outcome")).isEqualTo("ok");
        assertThat(await("ControlRequest", event -> event.getString("subtype").equals("set_model"))
                        .getString("outcome"))
                .isEqualTo("answered");
        assertThat(await("ControlRequest", event -> event.getBoolean("fromCli")).getString("subtype"))
                .isEqualTo("mcp_message");
        assertThat(await("SessionStop", its).getString("outcome")).isEqualTo("closed");
        assertThat(seen).noneSatisfy(event -> assertThat(event.toString()).contains(SECRET));
    }

    @Test
    void restartsAndEvictionsAreRecorded() {
        fake.turn(turn -> turn.exit(7));
        fake.otherwise(turn -> turn.result("done"));
        try (SessionSupervisor supervisor = SessionSupervisor.builder()
                .backoff(Backoff.none())
                .idleTimeout(Duration.ofMillis(50))
                .session("flight-a", Fakes.options(fake))
                .open()) {
            assertThatExceptionOfType(TurnCutException.class)
                    .isThrownBy(() -> supervisor.query("flight-a", "my secret is " + SECRET));
            RecordedEvent restart =
                    await("SessionRestart", event -> event.getString("name").equals("flight-a"));
            assertThat(restart.getString("cause")).isEqualTo("ProcessExitedException");
            assertThat(restart.getBoolean("gaveUp")).isFalse();
            await("SessionStop", event -> event.getString("outcome").equals("exit 7"));
            await("Turn", event -> event.getString("outcome").equals("none"));
            await("SessionEviction", event -> event.getString("name").equals("flight-a"));
        }
        assertThat(seen).noneSatisfy(event -> assertThat(event.toString()).contains(SECRET));
    }
}
