package io.github.claudesessions.internal.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import io.github.claudesessions.internal.json.Json;
import io.github.claudesessions.message.LifecycleState;
import io.github.claudesessions.message.ResultMessage;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Interrupts while the CLI has not begun the turn that is meant, or has ended it. */
@Timeout(30)
class BetweenTurnsTest {
    private final Cores cores = new Cores();
    private final SessionCore core = cores.open();
    private final CountDownLatch busy = new CountDownLatch(1);
    private final CountDownLatch never = new CountDownLatch(1);

    @AfterEach
    void close() {
        busy.countDown();
        never.countDown();
        core.close();
    }

    /** Has a turn end, after which the CLI goes on with something of its own. */
    private void keepBusy() {
        cores.fake.turn(turn -> {
            turn.result("one");
            turn.await(busy);
        });
        Cores.read(Cores.begin(core, "one"));
    }

    private Stream<Map<?, ?>> requests(String subtype) {
        return cores.fake.received().stream()
                .filter(line ->
                        line.get("request") instanceof Map<?, ?> request && subtype.equals(request.get("subtype")))
                .map(line -> (Map<?, ?>) line.get("request"));
    }

    private void usable() {
        cores.fake.answer("still here");
        assertThat(Cores.read(Cores.begin(core, "and now?")).getLast())
                .isInstanceOfSatisfying(
                        ResultMessage.class, result -> assertThat(result.text()).isEqualTo("still here"));
    }

    @Test
    void aPromptThatIsGivenUpLeavesTheOthersInTheQueue() {
        keepBusy();
        TurnSource given = Cores.begin(core, "two");
        Sent sent = core.send(TextNode.valueOf("three"), null);
        given.close();
        core.control("set_model", Json.object()); // answered after what was asked before
        cores.fake.answer("three");
        busy.countDown();
        assertThat(sent.over().join()).isEqualTo(LifecycleState.COMPLETED);
        assertThat(requests("cancel_async_message")).hasSize(1);
        assertThat(requests("interrupt")).isEmpty();
        usable();
    }

    @Test
    void aPromptThatIsGivenUpTooLateForThatIsInterrupted() {
        keepBusy();
        CountDownLatch begun = new CountDownLatch(1);
        cores.fake.onControl("cancel_async_message", request -> {
            busy.countDown();
            await(begun);
            return Map.of("cancelled", false);
        });
        cores.fake.turn(turn -> {
            begun.countDown();
            turn.await(never);
        });
        cores.fake.answer("three");
        TurnSource given = Cores.begin(core, "two");
        Sent sent = core.send(TextNode.valueOf("three"), null);
        given.close();
        assertThat(sent.over().join()).isEqualTo(LifecycleState.COMPLETED);
        assertThat(requests("interrupt")
                        .map(request -> request.get("cancel_queued"))
                        .toList())
                .isEqualTo(List.of(false));
        usable();
    }

    @Test
    void aTurnWaitsForTheAnswerToAnInterruptOfNoTurn() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CompletableFuture<Boolean> waited = new CompletableFuture<>();
        CompletableFuture<Thread> next = new CompletableFuture<>();
        cores.fake.onControl("interrupt", request -> {
            asked.countDown();
            waited.complete(waits(next.join()));
            return Map.of();
        });
        cores.fake.answer("still here");
        Thread interrupting = Thread.startVirtualThread(() -> core.interrupt(true));
        asked.await();
        CompletableFuture<ResultMessage> result = new CompletableFuture<>();
        Thread beginning = Thread.ofPlatform().start(() -> {
            TurnSource turn = Cores.begin(core, "go");
            result.completeAsync(() -> (ResultMessage) Cores.read(turn).getLast(), Thread::startVirtualThread);
        });
        next.complete(beginning);
        assertThat(waited.join()).isTrue();
        assertThat(result.join().text()).isEqualTo("still here");
        interrupting.join();
    }

    /** Whether {@code thread} comes to wait for an interrupt, and not to its end. */
    private static boolean waits(Thread thread) {
        while (thread.isAlive()) {
            if (Arrays.stream(thread.getStackTrace())
                            .anyMatch(frame -> frame.getMethodName().equals("awaitLoose"))
                    && thread.getState() == Thread.State.WAITING) {
                return true;
            }
            LockSupport.parkNanos(1_000_000);
        }
        return false;
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
