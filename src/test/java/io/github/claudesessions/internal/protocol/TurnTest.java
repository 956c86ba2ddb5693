package io.github.claudesessions.internal.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.claudesessions.error.MissingResultException;
import io.github.claudesessions.error.OversizeLineException;
import io.github.claudesessions.error.PromptCancelledException;
import io.github.claudesessions.internal.ManualTimer;
import io.github.claudesessions.internal.json.Json;
import io.github.claudesessions.message.Message;
import io.github.claudesessions.message.OversizeMessage;
import io.github.claudesessions.testing.Sample;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class TurnTest {
    private static final String MINE = "11111111-0000-4000-8000-000000000001";
    private static final String OTHER = "11111111-0000-4000-8000-000000000002";

    private final Flow flow = new Flow(1_000_000, () -> false);
    private final Turn turn = new Turn(MINE, flow, Delivery.PARTIAL, 1000, new ManualTimer());

    private static Message lifecycle(String uuid, String state) {
        return Sample.of(Map.of("type", "command_lifecycle", "command_uuid", uuid, "state", state));
    }

    private static Message result(Map<String, ?> extra) {
        Map<String, Object> line = new HashMap<>(Map.of("type", "result", "subtype", "success", "result", "x"));
        line.putAll(extra);
        return Sample.of(line);
    }

    private static Message resultOf(String uuid) {
        return result(Map.of("user_message_uuids", List.of(uuid)));
    }

    private boolean accept(Message message) {
        return turn.accept(message, 1);
    }

    private List<Message> read() throws InterruptedException {
        turn.handOver();
        List<Message> read = new ArrayList<>();
        for (Message message = turn.take(); message != null; message = turn.take()) {
            read.add(message);
        }
        return read;
    }

    @Test
    void beginsAtStartedAndEndsAtTheResultThatNamesIt() throws InterruptedException {
        Message before = Sample.assistantText("of the turn before");
        Message started = lifecycle(MINE, "started");
        Message text = Sample.assistantText("mine");
        Message result = resultOf(MINE);
        assertThat(accept(before)).isFalse();
        assertThat(accept(lifecycle(MINE, "queued"))).isFalse();
        assertThat(accept(started)).isFalse();
        assertThat(accept(text)).isFalse();
        assertThat(accept(result)).isTrue();
        assertThat(turn.ended()).isTrue();
        assertThat(read()).containsExactly(started, text, result);
    }

    @Test
    void resultNamedByItsLastPromptEndsItToo() {
        accept(lifecycle(MINE, "started"));
        assertThat(accept(result(Map.of("user_message_uuid", MINE)))).isTrue();
    }

    @Test
    void resultOfAnotherPromptDoesNotEndIt() {
        accept(lifecycle(MINE, "started"));
        assertThat(accept(resultOf(OTHER))).isFalse();
        assertThat(turn.ended()).isFalse();
    }

    @Test
    void resultWithAnOriginDoesNotEndIt() {
        assertThat(accept(result(Map.of("origin", Map.of("kind", "task-notification")))))
                .isFalse();
        accept(lifecycle(MINE, "started"));
        assertThat(accept(result(Map.of("origin", Map.of("kind", "peer"))))).isFalse();
    }

    @Test
    void anonymousResultEndsItOnlyIfNoLifecycleCame() {
        Turn older = new Turn(OTHER, flow, Delivery.PARTIAL, 1000, new ManualTimer());
        assertThat(older.accept(result(Map.of()), 1)).isTrue();
        accept(lifecycle(MINE, "queued"));
        assertThat(accept(result(Map.of()))).isFalse();
    }

    @Test
    void resultOfNothingDoesNotEndIt() {
        assertThat(accept(result(Map.of("num_turns", 0, "result", "")))).isFalse();
        assertThat(turn.ended()).isFalse();
    }

    @Test
    void lifecycleOfAnotherPromptMeansNothing() {
        accept(lifecycle(OTHER, "started"));
        assertThat(turn.idle()).isFalse();
        assertThat(accept(lifecycle(OTHER, "cancelled"))).isFalse();
        assertThat(turn.ended()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"cancelled", "discarded", "refused", "completed"})
    void promptThatNeverBeganFails(String state) {
        accept(lifecycle(MINE, "queued"));
        assertThat(accept(lifecycle(MINE, state))).isTrue();
        assertThatThrownBy(turn::take)
                .asInstanceOf(type(PromptCancelledException.class))
                .satisfies(e -> {
                    assertThat(e.promptUuid()).isEqualTo(MINE);
                    assertThat(e.state()).isEqualTo(state);
                });
    }

    @Test
    void cancelledAfterItsBeginWaitsForTheResult() {
        accept(lifecycle(MINE, "started"));
        assertThat(accept(lifecycle(MINE, "cancelled"))).isFalse();
        assertThat(accept(resultOf(MINE))).isTrue();
    }

    @Test
    void idleWithoutAResultFailsAfterWhatCame() throws InterruptedException {
        assertThat(turn.idle()).isFalse();
        Message started = lifecycle(MINE, "started");
        accept(started);
        assertThat(turn.idle()).isTrue();
        assertThat(turn.take()).isSameAs(started);
        assertThatThrownBy(turn::take).isInstanceOf(MissingResultException.class);
    }

    @Test
    void idleAfterASkippedLineSaysHowLongItWas() throws InterruptedException {
        accept(lifecycle(MINE, "started"));
        OversizeMessage skipped = OversizeMessage.of(5000, "{");
        accept(skipped);
        assertThat(turn.idle()).isTrue();
        assertThat(turn.take()).isNotNull();
        assertThat(turn.take()).isSameAs(skipped);
        assertThatThrownBy(turn::take)
                .asInstanceOf(type(OversizeLineException.class))
                .satisfies(e -> {
                    assertThat(e.bytes()).isEqualTo(5000);
                    assertThat(e.limit()).isEqualTo(1000);
                });
    }

    @Test
    void streamEventsComeOnlyToWhoeverWantsThem() throws InterruptedException {
        Turn whole = new Turn(MINE, flow, Delivery.MESSAGES, 1000, new ManualTimer());
        Message started = lifecycle(MINE, "started");
        Message result = resultOf(MINE);
        for (Message message : List.of(started, Sample.textDelta("t"), result)) {
            whole.accept(message, 1);
        }
        assertThat(whole.take()).isSameAs(started);
        assertThat(whole.take()).isSameAs(result);
        assertThat(whole.take()).isNull();
    }

    @Test
    void isInterruptedOnceAndNotBeforeItsPromptIsSentOrAfterItsEnd() {
        assertThat(turn.claimInterrupt(false)).isNull();
        assertThat(turn.claimInterrupt(true)).isNull();
        turn.sent();
        CompletableFuture<JsonNode> claim = Objects.requireNonNull(turn.claimInterrupt(false));
        assertThat(turn.claimInterrupt(false)).isNull();
        assertThat(turn.interrupt()).isSameAs(claim);
        CompletableFuture<?> settled = turn.settle();
        assertThat(settled).isNotDone();
        claim.complete(Json.object());
        assertThat(settled).isDone();

        Turn finished = new Turn(OTHER, flow, Delivery.PARTIAL, 1000, new ManualTimer());
        finished.sent();
        assertThat(finished.settle()).isDone();
        assertThat(finished.claimInterrupt(true)).isNull();
    }

    @Test
    void settlesWhenAllItsInterruptsAreAnswered() {
        turn.sent();
        CompletableFuture<JsonNode> first = Objects.requireNonNull(turn.claimInterrupt(true));
        CompletableFuture<JsonNode> second = Objects.requireNonNull(turn.claimInterrupt(true));
        CompletableFuture<?> settled = turn.settle();
        second.complete(Json.object());
        assertThat(settled).isNotDone();
        first.completeExceptionally(new IllegalStateException("no answer"));
        assertThat(settled).isDone();
    }

    @Test
    void noAlarmOutlivesIt() {
        ManualTimer timer = new ManualTimer();
        Duration limit = Duration.ofSeconds(1);
        turn.alarm(Turn.Limit.SILENCE, timer.after(limit, () -> {}));
        turn.settle();
        assertThat(timer.waiting(limit)).isZero();
        turn.alarm(Turn.Limit.WHOLE, timer.after(limit, () -> {}));
        assertThat(timer.waiting(limit)).isZero();
    }
}
