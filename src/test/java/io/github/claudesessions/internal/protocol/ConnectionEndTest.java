package io.github.claudesessions.internal.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.github.claudesessions.error.ProcessExitedException;
import io.github.claudesessions.error.SessionClosedException;
import io.github.claudesessions.error.TruncatedStreamException;
import io.github.claudesessions.spi.Exit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ConnectionEndTest {
    @Test
    void eachKindHasItsException() {
        assertThat(ConnectionEnd.CLOSED.toException()).isInstanceOf(SessionClosedException.class);
        assertThat(new ConnectionEnd.Exited(new Exit(137), 42, 0, "tail").toException())
                .asInstanceOf(type(ProcessExitedException.class))
                .satisfies(e -> {
                    assertThat(e.exitCode()).isEqualTo(137);
                    assertThat(e.pid()).isEqualTo(42);
                    assertThat(e.stderrTail()).isEqualTo("tail");
                    assertThat(e).hasMessageContaining("SIGKILL");
                });
        assertThat(new ConnectionEnd.Exited(new Exit(0), 42, 7, "tail").toException())
                .asInstanceOf(type(TruncatedStreamException.class))
                .satisfies(e -> assertThat(e.bytes()).isEqualTo(7));
        assertThat(new ConnectionEnd.Failed("why", reason -> new SessionClosedException(reason, null)).toException())
                .hasMessage("why");
        assertThat(ConnectionEnd.exceptionFor(null)).isInstanceOf(SessionClosedException.class);
    }

    @Test
    void exceptionsAreNotShared() {
        ConnectionEnd end = ConnectionEnd.CLOSED;
        assertThat(end.toException()).isNotSameAs(end.toException());
    }

    @Test
    void textLeavesTheTailOut() {
        assertThat(new ConnectionEnd.Exited(new Exit(1), 42, 0, "a prompt"))
                .hasToString("the CLI process 42 ended with exit code 1");
    }
}
