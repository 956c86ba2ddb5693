package io.github.claudesessions.internal.supervision;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class RestartWindowTest {
    private final RestartWindow window = new RestartWindow(3, Duration.ofSeconds(5));

    @Test
    void allowsSoManyWithinTheTime() {
        assertThat(window.allows(seconds(0))).isTrue();
        assertThat(window.allows(seconds(1))).isTrue();
        assertThat(window.allows(seconds(2))).isTrue();
        assertThat(window.allows(seconds(4))).isFalse();
    }

    @Test
    void forgetsWhatIsOlderThanTheTime() {
        window.allows(seconds(0));
        window.allows(seconds(1));
        window.allows(seconds(2));
        assertThat(window.allows(seconds(5))).isTrue();
        assertThat(window.allows(seconds(5))).isFalse();
        assertThat(window.allows(seconds(6))).isTrue();
    }

    @Test
    void whatWasRefusedDoesNotCount() {
        window.allows(seconds(0));
        window.allows(seconds(0));
        window.allows(seconds(0));
        window.allows(seconds(4));
        assertThat(window.allows(seconds(5))).isTrue();
    }

    @Test
    void noneIsNone() {
        assertThat(new RestartWindow(0, Duration.ofSeconds(5)).allows(0)).isFalse();
    }

    @Test
    void clockMayOverflow() {
        assertThat(window.allows(Long.MAX_VALUE)).isTrue();
        assertThat(window.allows(Long.MIN_VALUE)).isTrue();
        assertThat(window.allows(Long.MIN_VALUE + 1)).isTrue();
        assertThat(window.allows(Long.MIN_VALUE + 2)).isFalse();
    }

    private static long seconds(long seconds) {
        return seconds * 1_000_000_000;
    }
}
