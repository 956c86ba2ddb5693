package io.github.claudesessions.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class ReplyTest {
    @Test
    void isImmutable() {
        Reply text = Reply.text("a");

        assertThat(text.then(Reply.text("b")).blocks()).hasSize(2);
        assertThat(text.usage(1, 2)).isNotSameAs(text);
        assertThat(text.blocks()).hasSize(1);
        assertThat(text.settings().inputTokens()).isEqualTo(12);
    }

    @Test
    void settingsAddUp() {
        Reply reply = Reply.text("a")
                .delay(Duration.ofMillis(1))
                .delayBetween(Duration.ofMillis(2))
                .pauseAfter(1, new CountDownLatch(0))
                .pauseAfter(1, new CountDownLatch(0))
                .dropAfter(1)
                .then(Reply.toolUse("T", Map.of()));

        Settings settings = reply.settings();
        assertThat(settings.beforeFirstByte()).hasMillis(1);
        assertThat(settings.betweenDeltas()).hasMillis(2);
        assertThat(settings.gates().get(1)).hasSize(2);
        assertThat(settings.dropAfter()).isEqualTo(1);
        assertThat(reply.blocks().getLast().joined()).isEqualTo("{}");
    }

    @Test
    void refusesWhatMakesNoSense() {
        Reply error = Reply.error(400, "t", "m");

        assertThatIllegalArgumentException().isThrownBy(Reply::text);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Reply.error(200, "t", "m"))
                .withMessageContaining("200");
        assertThatIllegalArgumentException().isThrownBy(() -> error.then(Reply.text("a")));
        assertThatIllegalArgumentException().isThrownBy(() -> Reply.text("a").then(Reply.hang()));
        assertThatIllegalArgumentException().isThrownBy(() -> error.dropAfter(1));
        assertThatIllegalArgumentException().isThrownBy(() -> Reply.text("a").retryable());
        assertThatIllegalArgumentException().isThrownBy(() -> Reply.text("a").delay(Duration.ofMillis(-1)));
        assertThatIllegalArgumentException().isThrownBy(() -> Reply.text("a").pauseAfter(-1, new CountDownLatch(1)));
        assertThatIllegalArgumentException().isThrownBy(() -> Reply.toolUse(" ", Map.of()));
    }
}
