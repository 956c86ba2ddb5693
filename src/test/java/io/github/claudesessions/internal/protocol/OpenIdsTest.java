package io.github.claudesessions.internal.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.claudesessions.error.SessionInUseException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class OpenIdsTest {
    private final Cores cores = new Cores();

    @Test
    void anIdIsOpenOnceAtATime() {
        SessionCore first = cores.open();
        assertThatThrownBy(cores::open)
                .isInstanceOf(SessionInUseException.class)
                .hasMessageContaining(cores.sessionId);
        assertThat(cores.fake.launches()).hasSize(1);
        first.close();
        cores.open().close();
    }

    @Test
    void aStartThatFailsFreesTheId() {
        assertThatThrownBy(() -> SessionCore.open(
                        () -> {
                            throw new IllegalStateException("no process");
                        },
                        cores.settings()))
                .hasMessage("no process");
        cores.open().close();
    }

    @Test
    void noIdIsNeverInUse() {
        OpenIds.claim(null).release();
        OpenIds.claim(null);
        OpenIds.claim(null);
    }
}
