package io.github.claudesessions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class BackoffTest {
    @Test
    void doublesUpToTheLongest() {
        Backoff backoff = Backoff.exponential(Duration.ofMillis(100), Duration.ofSeconds(1));
        assertThat(IntStream.rangeClosed(1, 6).mapToObj(backoff::delay))
                .extracting(Duration::toMillis)
                .containsExactly(100L, 200L, 400L, 800L, 1000L, 1000L);
        assertThat(backoff.delay(Integer.MAX_VALUE)).isEqualTo(Duration.ofSeconds(1));
        assertThat(Backoff.exponential(Duration.ofDays(1), Duration.ofDays(30)).delay(1000))
                .isEqualTo(Duration.ofDays(30));
    }

    @Test
    void jitterStaysWithinItsPart() {
        Backoff backoff = Backoff.fixed(Duration.ofSeconds(10)).withJitter(0.2);
        assertThat(IntStream.range(0, 1000).mapToObj(backoff::delay))
                .allSatisfy(delay -> assertThat(delay).isBetween(Duration.ofSeconds(8), Duration.ofSeconds(12)))
                .anySatisfy(delay -> assertThat(delay).isLessThan(Duration.ofSeconds(10)))
                .anySatisfy(delay -> assertThat(delay).isGreaterThan(Duration.ofSeconds(10)));
        assertThat(Backoff.none().withJitter(1).delay(3)).isZero();
    }

    @Test
    void badValuesAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> Backoff.fixed(Duration.ofSeconds(-1)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Backoff.exponential(Duration.ZERO, Duration.ofSeconds(1)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Backoff.exponential(Duration.ofSeconds(2), Duration.ofSeconds(1)))
                .withMessageContaining("max");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Backoff.none().withJitter(1.5))
                .withMessageContaining("1.5");
    }
}
