package io.github.claudesessions.internal.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.claudesessions.internal.codec.Inbound;
import io.github.claudesessions.internal.json.Json;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ControlRouterTest {
    private final Cores cores = new Cores();
    private final SessionCore core = cores.open();

    @AfterEach
    void close() {
        core.close();
    }

    private List<Map<String, Object>> responses() {
        return cores.fake.received().stream()
                .filter(line -> "control_response".equals(line.get("type")))
                .toList();
    }

    @Test
    void handlerAnswers() {
        core.router()
                .handle(
                        "can_use_tool",
                        (request, call) ->
                                Json.object().put("behavior", "allow").set("seen", request.path("tool_name")));
        cores.fake.turn(turn -> assertThat(turn.ask("can_use_tool", Map.of("tool_name", "Bash")))
                .isEqualTo(Map.of("behavior", "allow", "seen", "Bash")));
        assertThat(Cores.read(Cores.begin(core, "go"))).isNotEmpty();
    }

    @Test
    void unknownRequestIsRefused() {
        cores.fake.turn(turn -> assertThat(turn.ask("made_up", Map.of()))
                .containsEntry("subtype", "error")
                .containsEntry("error_code", "unsupported_request"));
        assertThat(Cores.read(Cores.begin(core, "go"))).isNotEmpty();
    }

    @Test
    void handlerThatThrowsAnswersWithAnErrorThatTellsNoSecret() {
        core.router().handle("hook_callback", (request, call) -> {
            throw new IllegalStateException("a secret");
        });
        cores.fake.turn(turn -> assertThat(turn.ask("hook_callback", Map.of()))
                .containsEntry("subtype", "error")
                .hasEntrySatisfying(
                        "error",
                        error -> assertThat(error.toString())
                                .contains("IllegalStateException")
                                .doesNotContain("secret")));
        assertThat(Cores.read(Cores.begin(core, "go"))).isNotEmpty();
    }

    @Test
    void payloadThatIsNotJsonIsAnsweredWithAnError() {
        core.router().handle("hook_callback", (request, call) -> Json.object().putPOJO("bad", new Object()));
        cores.fake.turn(turn -> assertThat(turn.ask("hook_callback", Map.of())).containsEntry("subtype", "error"));
        assertThat(Cores.read(Cores.begin(core, "go"))).isNotEmpty();
    }

    @Test
    void handlersRunInParallel() {
        CountDownLatch fastIsDone = new CountDownLatch(1);
        core.router().handle("slow", (request, call) -> {
            fastIsDone.await();
            return Json.object();
        });
        core.router().handle("fast", (request, call) -> Json.object());
        cores.fake.turn(turn -> {
            CompletableFuture<Map<String, Object>> slow = CompletableFuture.supplyAsync(
                    () -> {
                        try {
                            return turn.ask("slow", Map.of());
                        } catch (Exception e) {
                            throw new IllegalStateException(e);
                        }
                    },
                    Thread::startVirtualThread);
            assertThat(turn.ask("fast", Map.of())).isEmpty();
            fastIsDone.countDown();
            assertThat(slow.join()).isEmpty();
        });
        assertThat(Cores.read(Cores.begin(core, "go"))).isNotEmpty();
    }

    @Test
    void cancellationInterruptsAndSendsNothing() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        core.router().handle("can_use_tool", (request, call) -> {
            running.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.complete(true);
                throw e;
            }
            return Json.object();
        });
        cores.fake.turn(turn -> turn.ask("can_use_tool", Map.of()));
        TurnSource turn = Cores.begin(core, "go");
        running.await();
        core.interrupt(true);
        assertThat(interrupted.get()).isTrue();
        assertThat(Cores.read(turn)).isNotEmpty();
        assertThat(responses()).isEmpty();
    }

    @Test
    void endOfTheSessionInterruptsWhatRuns() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        core.router().handle("can_use_tool", (request, call) -> {
            running.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.complete(true);
            }
            return Json.object();
        });
        cores.fake.turn(turn -> turn.ask("can_use_tool", Map.of()));
        Cores.begin(core, "go");
        running.await();
        core.close();
        assertThat(interrupted.get()).isTrue();
        assertThat(responses()).isEmpty();
    }

    @Test
    void requestThatIsTooLongIsRefusedAtOnce() {
        core.router().handle("can_use_tool", (request, call) -> Json.object());
        cores.fake.turn(turn -> assertThat(turn.ask("can_use_tool", Map.of("input", "x".repeat(2 * 1024 * 1024))))
                .containsEntry("error_code", "unsupported_request"));
        assertThat(Cores.read(Cores.begin(core, "go"))).isNotEmpty();
    }

    @Test
    void nothingIsDoneForARequestThatComesAfterTheEnd() {
        CompletableFuture<ObjectNode> called = new CompletableFuture<>();
        core.router().handle("late", (request, call) -> {
            called.complete(Json.object());
            return Json.object();
        });
        core.close();
        core.router().route(new Inbound.ControlRequest("r", "late", Json.object()));
        assertThat(called).isNotDone();
    }
}
