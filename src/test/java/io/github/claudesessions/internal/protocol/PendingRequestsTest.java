package io.github.claudesessions.internal.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.claudesessions.error.ControlException;
import io.github.claudesessions.error.SessionClosedException;
import io.github.claudesessions.error.TimeLimitException;
import io.github.claudesessions.internal.ManualTimer;
import io.github.claudesessions.internal.codec.Inbound;
import io.github.claudesessions.internal.json.Json;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class PendingRequestsTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final ManualTimer timer = new ManualTimer();
    private final PendingRequests pending = new PendingRequests(timer);

    private static Inbound.ControlResponse success(String id) {
        return new Inbound.ControlResponse(id, true, Json.object().put("n", 1), null, null, List.of());
    }

    private static SessionClosedException closed() {
        return new SessionClosedException("closed", null);
    }

    @Test
    void answerGoesToItsRequest() {
        CompletableFuture<JsonNode> first = pending.register("a", "one", LIMIT);
        CompletableFuture<JsonNode> second = pending.register("b", "two", LIMIT);
        assertThat(pending.answer(success("b"))).isTrue();
        assertThat(second.join().path("n").asInt()).isEqualTo(1);
        assertThat(first).isNotDone();
        assertThat(pending.isEmpty()).isFalse();
        assertThat(timer.waiting(LIMIT)).isEqualTo(1);
    }

    @Test
    void answerWithoutPayloadIsAnEmptyObject() {
        CompletableFuture<JsonNode> answer = pending.register("a", "one", LIMIT);
        pending.answer(new Inbound.ControlResponse("a", true, null, null, null, List.of()));
        assertThat(answer.join().isEmpty()).isTrue();
    }

    @Test
    void errorHasTheCausesOfTheCli() {
        CompletableFuture<JsonNode> answer = pending.register("a", "set_model", LIMIT);
        pending.answer(new Inbound.ControlResponse("a", false, null, "no such model", "code", List.of()));
        assertThatThrownBy(answer::join)
                .cause()
                .asInstanceOf(type(ControlException.class))
                .satisfies(e -> {
                    assertThat(e.subtype()).isEqualTo("set_model");
                    assertThat(e.error()).isEqualTo("no such model");
                    assertThat(e.errorCode()).isEqualTo("code");
                });
    }

    @Test
    void limitFailsOneAndALateAnswerIsIgnored() {
        CompletableFuture<JsonNode> answer = pending.register("a", "slow", LIMIT);
        CompletableFuture<JsonNode> patient = pending.register("b", "other", LIMIT.multipliedBy(2));
        timer.advance(LIMIT);
        assertThatThrownBy(answer::join)
                .cause()
                .asInstanceOf(type(TimeLimitException.class))
                .satisfies(e -> {
                    assertThat(e.operation()).isEqualTo("slow");
                    assertThat(e.limit()).isEqualTo(LIMIT);
                });
        assertThat(patient).isNotDone();
        assertThat(pending.answer(success("a"))).isFalse();
    }

    @Test
    void endFailsAllExactlyOnceAndWhatComesLater() {
        AtomicInteger ends = new AtomicInteger();
        List<CompletableFuture<JsonNode>> answers = IntStream.range(0, 10)
                .mapToObj(i -> pending.register("r" + i, "s", LIMIT))
                .peek(answer -> answer.whenComplete((value, failure) -> ends.incrementAndGet()))
                .toList();
        pending.end(PendingRequestsTest::closed);
        pending.end(() -> new SessionClosedException("a second end", null));
        timer.advance(LIMIT);
        assertThat(pending.answer(success("r1"))).isFalse();
        assertThat(ends).hasValue(10);
        assertThat(answers)
                .allSatisfy(answer -> assertThatThrownBy(answer::join).hasMessageContaining("closed"));
        assertThatThrownBy(() -> pending.register("late", "s", LIMIT).join()).hasMessageContaining("closed");
        assertThat(pending.isEmpty()).isTrue();
        assertThat(timer.waiting(LIMIT)).isZero();
    }

    @Test
    void eachWaiterGetsAnExceptionOfItsOwn() {
        CompletableFuture<JsonNode> first = pending.register("a", "s", LIMIT);
        CompletableFuture<JsonNode> second = pending.register("b", "s", LIMIT);
        pending.end(PendingRequestsTest::closed);
        assertThat(first.exceptionNow()).isNotSameAs(second.exceptionNow());
    }
}
