package io.github.claudesessions.internal.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.github.claudesessions.internal.json.Json;
import io.github.claudesessions.message.LifecycleState;
import io.github.claudesessions.message.ResultMessage;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A turn that is interrupted while another interrupt of it is under way. */
@Timeout(30)
class InterruptsTest {
    private final Cores cores = new Cores();
    private final CountDownLatch never = new CountDownLatch(1);
    private final SessionCore core = cores.open();
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch interrupted = new CountDownLatch(1);

    @BeforeEach
    void goOnAfterTheFirst() {
        cores.fake.turn(turn -> {
            try {
                begun.countDown();
                turn.await(never);
            } catch (InterruptedException e) {
                interrupted.countDown();
                turn.await(never);
            }
        });
    }

    @AfterEach
    void close() {
        never.countDown();
        core.close();
    }

    /** A turn that the session knows to be under way, in the script. */
    private TurnSource begin() throws InterruptedException {
        TurnSource turn = Cores.begin(core, "go");
        assertThat(turn.next(message -> {})).isTrue();
        begun.await();
        return turn;
    }

    private static <T> CompletableFuture<T> async(Supplier<T> call) {
        return CompletableFuture.supplyAsync(call, Thread::startVirtualThread);
    }

    private long interrupts() {
        return cores.fake.received().stream()
                .filter(line ->
                        line.get("request") instanceof Map<?, ?> request && "interrupt".equals(request.get("subtype")))
                .count();
    }

    private void usable() {
        cores.fake.answer("still here");
        assertThat(Cores.read(Cores.begin(core, "and now?")).getLast())
                .isInstanceOfSatisfying(
                        ResultMessage.class, result -> assertThat(result.text()).isEqualTo("still here"));
    }

    @Test
    void theSecondCancelsWhatTheFirstLeftInTheQueue() throws Exception {
        TurnSource turn = begin();
        Sent sent = core.send(TextNode.valueOf("later"), null);
        assertThat(core.interrupt(false).path("still_queued")).containsExactly(TextNode.valueOf(sent.uuid()));
        interrupted.await();
        assertThat(core.interrupt(true).path("cancelled")).containsExactly(TextNode.valueOf(sent.uuid()));
        assertThat(sent.over().join()).isEqualTo(LifecycleState.CANCELLED);
        assertThat(Cores.read(turn).getLast())
                .isInstanceOfSatisfying(
                        ResultMessage.class,
                        result -> assertThat(result.isError()).isTrue());
        assertThat(cores.fake.prompts()).containsExactly("go", "later");
        usable();
    }

    @Test
    void oneAfterAClosedStreamCancelsWhatWaits() throws Exception {
        TurnSource turn = begin();
        Sent sent = core.send(TextNode.valueOf("later"), null);
        turn.close();
        interrupted.await();
        assertThat(core.interrupt(true).path("cancelled")).containsExactly(TextNode.valueOf(sent.uuid()));
        assertThat(sent.over().join()).isEqualTo(LifecycleState.CANCELLED);
        usable();
    }

    @Test
    void theSecondWaitsForTheAnswerToTheFirst() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        cores.fake.onControl("interrupt", request -> {
            asked.countDown();
            try {
                answer.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return Map.of("cancelled", "the receipt");
        });
        begin();
        CompletableFuture<JsonNode> first = async(() -> core.interrupt(true));
        asked.await();
        CompletableFuture<JsonNode> second = async(() -> core.interrupt(true));
        CompletableFuture<JsonNode> third = async(() -> core.interrupt(false));
        answer.countDown();
        JsonNode receipt = Json.object().put("cancelled", "the receipt");
        assertThat(first.join()).isEqualTo(receipt);
        assertThat(second.join()).isEqualTo(receipt);
        assertThat(third.join()).isEqualTo(receipt);
        assertThat(interrupts()).as("with nothing in the queue one is enough").isEqualTo(1);
    }
}
