package io.github.claudesessions.internal.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.github.claudesessions.error.LaunchException;
import io.github.claudesessions.error.ProcessExitedException;
import io.github.claudesessions.error.SessionInUseException;
import io.github.claudesessions.error.SessionNotFoundException;
import io.github.claudesessions.error.SessionStartException;
import io.github.claudesessions.internal.json.Json;
import io.github.claudesessions.message.ResultMessage;
import io.github.claudesessions.message.ResultSubtype;
import io.github.claudesessions.testing.Sample;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class HandshakeTest {
    private final Cores cores = new Cores();

    private Handshake handshake() {
        return new Handshake(cores.settings());
    }

    private static ResultMessage refusal(String error) {
        return Sample.errorResult(ResultSubtype.ERROR_DURING_EXECUTION, error);
    }

    private static ProcessExitedException exit(String stderr) {
        return new ProcessExitedException("ended", 1, 42, stderr, null);
    }

    @Test
    void everyConfirmationIsNeeded() {
        cores.confirmations = List.of("settings_applied", "hooks_applied");
        handshake().check(Json.object().put("settings_applied", true).put("hooks_applied", true), "");
        assertThatThrownBy(() -> handshake()
                        .check(Json.object().put("settings_applied", true).put("hooks_applied", false), "tail"))
                .asInstanceOf(type(SessionStartException.class))
                .satisfies(e -> {
                    assertThat(e).hasMessageContaining("hooks_applied");
                    assertThat(e.getMessage()).doesNotContain("settings_applied");
                    assertThat(e.stderrTail()).isEqualTo("tail");
                });
    }

    @Test
    void missingConversationIsNamed() {
        cores.resumed = "6f1c2f0e-0000-4000-8000-000000000000";
        assertThat(handshake().refused(refusal("No conversation found with session ID: x"), ""))
                .isInstanceOf(SessionNotFoundException.class)
                .hasMessageContaining(cores.resumed);
        assertThat(handshake().exited(exit("No conversation found with session ID: x")))
                .isInstanceOf(SessionNotFoundException.class);
    }

    @Test
    void usedIdIsNamed() {
        assertThat(handshake().exited(exit("Error: Session ID " + cores.sessionId + " is already in use.")))
                .isInstanceOf(SessionInUseException.class)
                .hasMessageContaining(cores.sessionId);
    }

    @Test
    void bypassAsRootNamesTheWayOut() {
        assertThat(handshake().exited(exit("--dangerously-skip-permissions cannot be used with root/sudo privileges")))
                .asInstanceOf(type(LaunchException.class))
                .satisfies(e -> {
                    assertThat(e.reason()).isEqualTo(LaunchException.Reason.ROOT_BYPASS);
                    assertThat(e).hasMessageContaining("IS_SANDBOX");
                });
    }

    @Test
    void anythingElseKeepsWhatTheCliSaid() {
        assertThat(handshake().refused(refusal("bad settings"), "tail"))
                .asInstanceOf(type(SessionStartException.class))
                .satisfies(e -> {
                    assertThat(e.errors()).containsExactly("bad settings");
                    assertThat(e.stderrTail()).isEqualTo("tail");
                    assertThat(e.exitCode()).isEqualTo(-1);
                });
        assertThat(handshake().exited(exit("segmentation fault")))
                .asInstanceOf(type(SessionStartException.class))
                .satisfies(e -> {
                    assertThat(e.exitCode()).isEqualTo(1);
                    assertThat(e.stderrTail()).isEqualTo("segmentation fault");
                    assertThat(e.getMessage()).doesNotContain("segmentation");
                });
    }
}
