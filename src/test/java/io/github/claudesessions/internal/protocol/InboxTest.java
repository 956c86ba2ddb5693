package io.github.claudesessions.internal.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.claudesessions.error.SessionClosedException;
import io.github.claudesessions.message.Message;
import io.github.claudesessions.testing.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class InboxTest {
    private static final int FULL = 100;

    private final AtomicBoolean mustRun = new AtomicBoolean();
    private final Flow flow = new Flow(FULL, mustRun::get);
    private final Inbox inbox = new Inbox(flow);

    private static SessionClosedException closed() {
        return new SessionClosedException("closed", null);
    }

    private void put(Message message, int bytes) {
        inbox.stage(message, bytes);
        inbox.handOver();
    }

    /** A pump that waits for room; returns when it really waits. */
    private CompletableFuture<Void> heldPump() {
        CompletableFuture<Void> free = CompletableFuture.runAsync(inbox::awaitRoom, Thread::startVirtualThread);
        while (!flow.blocked()) {
            Thread.onSpinWait();
        }
        return free;
    }

    @Test
    void deliversInOrderAndEnds() throws InterruptedException {
        List<Message> sent = IntStream.range(0, 5)
                .<Message>mapToObj(i -> Sample.assistantText("t" + i))
                .toList();
        inbox.stage(sent.get(0), 1);
        inbox.stage(sent.get(1), 1);
        inbox.handOver();
        List<Message> read = new ArrayList<>();
        read.add(inbox.take());
        sent.subList(2, 5).forEach(message -> put(message, 1));
        inbox.complete();
        for (Message message = inbox.take(); message != null; message = inbox.take()) {
            read.add(message);
        }
        assertThat(read).containsExactlyElementsOf(sent);
        assertThat(inbox.take()).isNull();
    }

    /** The reader is often about to wait just then. */
    @Test
    void noHandOverIsMissed() throws Exception {
        int messages = 50_000;
        Message message = Sample.assistantText("t");
        CompletableFuture<Integer> read = CompletableFuture.supplyAsync(
                () -> {
                    int count = 0;
                    try {
                        while (inbox.take() != null) {
                            count++;
                        }
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                    return count;
                },
                task -> Thread.ofPlatform().start(task));
        for (int i = 0; i < messages; i++) {
            put(message, 0);
        }
        inbox.complete();
        assertThat(read.get()).isEqualTo(messages);
    }

    @Test
    void whatIsStagedIsNotSeenBeforeItIsHandedOver() throws InterruptedException {
        inbox.stage(Sample.result("r"), 1);
        inbox.complete();
        assertThat(inbox.take()).isNull();
    }

    @Test
    void readerWaitsForTheNext() throws Exception {
        CompletableFuture<Message> read = CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return inbox.take();
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                },
                Thread::startVirtualThread);
        Message sent = Sample.result("r");
        put(sent, 1);
        assertThat(read.get()).isSameAs(sent);
    }

    @Test
    void pumpWaitsForASlowReaderAndGoesOn() throws Exception {
        put(Sample.result("r"), FULL + 1);
        CompletableFuture<Void> free = heldPump();
        assertThat(inbox.take()).isNotNull();
        free.get();
        assertThat(flow.blocked()).isFalse();
    }

    @Test
    void pumpDoesNotWaitBelowTheLimit() {
        put(Sample.result("r"), FULL);
        inbox.awaitRoom();
    }

    @Test
    void pumpNeverWaitsWhileAnAnswerIsAwaited() throws Exception {
        put(Sample.result("r"), FULL + 1);
        CompletableFuture<Void> free = heldPump();
        mustRun.set(true);
        flow.changed();
        free.get();
        put(Sample.result("more"), FULL + 1);
        inbox.awaitRoom();
    }

    @Test
    void endOfTheSessionFreesThePump() throws Exception {
        put(Sample.result("r"), FULL + 1);
        CompletableFuture<Void> free = heldPump();
        flow.end();
        free.get();
    }

    @Test
    void discardingFreesThePumpAndDropsTheRest() throws Exception {
        put(Sample.result("r"), FULL + 1);
        CompletableFuture<Void> free = heldPump();
        inbox.discard();
        free.get();
        put(Sample.result("more"), FULL + 1);
        inbox.awaitRoom();
        inbox.complete();
        assertThat(inbox.take()).isNull();
    }

    @Test
    void failureComesAfterWhatWasDelivered() throws InterruptedException {
        Message sent = Sample.assistantText("t");
        put(sent, 1);
        inbox.fail(InboxTest::closed);
        inbox.fail(() -> new SessionClosedException("a second failure", null));
        assertThat(inbox.take()).isSameAs(sent);
        assertThatThrownBy(inbox::take)
                .isInstanceOf(SessionClosedException.class)
                .hasMessage("closed");
        assertThatThrownBy(inbox::take).hasMessage("closed");
    }

    @Test
    void failureAfterTheEndIsNone() throws InterruptedException {
        inbox.complete();
        inbox.fail(InboxTest::closed);
        assertThat(inbox.take()).isNull();
    }
}
