package io.github.claudesessions.internal.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class CallbacksTest {
    private final Object session = new Object();
    private final Object other = new Object();

    @Test
    void knowsAllThatTheThreadRunsFor() {
        AtomicBoolean inner = new AtomicBoolean();
        Callbacks.runFor(session, () -> {
            assertThat(Callbacks.runningFor(session)).isTrue();
            assertThat(Callbacks.runningFor(other)).isFalse();
            Callbacks.runFor(other, () -> inner.set(Callbacks.runningFor(session) && Callbacks.runningFor(other)));
            assertThat(Callbacks.runningFor(other)).isFalse();
        });
        assertThat(inner).isTrue();
        assertThat(Callbacks.runningFor(session)).isFalse();
    }

    @Test
    void anotherThreadRunsForNobody() throws InterruptedException {
        AtomicBoolean elsewhere = new AtomicBoolean(true);
        Callbacks.runFor(session, () -> {
            Thread thread = Thread.ofVirtual().start(() -> elsewhere.set(Callbacks.runningFor(session)));
            try {
                thread.join();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        assertThat(elsewhere).isFalse();
    }
}
