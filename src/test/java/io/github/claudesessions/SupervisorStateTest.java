package io.github.claudesessions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.claudesessions.error.CliNotFoundException;
import io.github.claudesessions.testing.FakeClaude;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What one supervisor leaves to the next in a state folder. */
@Timeout(60)
@Tag("unix")
class SupervisorStateTest {
    private final FakeClaude fake = FakeClaude.create();
    private final ClaudeOptions options = Fakes.options(fake);

    @TempDir
    Path temp;

    private Path folder;

    @BeforeEach
    void folder() {
        folder = temp.resolve("state");
        fake.otherwise(turn -> turn.result(turn.prompt()));
    }

    private SessionSupervisor open() {
        return builder().open();
    }

    private SessionSupervisor.Builder builder() {
        return SessionSupervisor.builder().backoff(Backoff.none()).stateFolder(folder);
    }

    private String idOf(String name, SessionSupervisor supervisor) {
        return supervisor.perUser(name, options).sessionId().orElse("none");
    }

    private List<String> lastArguments() {
        return fake.launches().getLast().arguments();
    }

    /** Has a conversation under a name and ends the supervisor. */
    private String speak(String name) {
        try (SessionSupervisor supervisor = open()) {
            supervisor.start(name, options).query("hello");
            return idOf(name, supervisor);
        }
    }

    @Test
    void aConversationGoesOnUnderItsName() {
        String id = speak("a");
        try (SessionSupervisor supervisor = open()) {
            ClaudeSession session = supervisor.perUser("a", options);
            assertThat(session.sessionId()).contains(id);
            assertThat(session.pid()).isEqualTo(-1);
            assertThat(fake.running()).isZero();
            session.query("again");
            assertThat(lastArguments()).contains("--resume=" + id);
            assertThat(session.sessionId()).contains(id);
            assertThat(idOf("b", supervisor)).isEqualTo("none");
        }
    }

    @Test
    void oneThatHasNotBegunBeginsUnderItsId() {
        String id;
        try (SessionSupervisor supervisor = open()) {
            supervisor.start("a", options);
            id = idOf("a", supervisor);
        }
        try (SessionSupervisor supervisor = open()) {
            supervisor.start("a", options);
            assertThat(lastArguments()).contains("--session-id=" + id);
        }
    }

    @Test
    void aConversationThatWasClearedGoesOnUnderItsNewId() {
        String next = UUID.randomUUID().toString();
        try (SessionSupervisor supervisor = open()) {
            fake.turn(turn -> {
                turn.send(Map.of("type", "system", "subtype", "init", "session_id", next));
                turn.result("cleared");
            });
            supervisor.start("a", options).query("/clear");
            assertThat(idOf("a", supervisor)).isEqualTo(next);
        }
        try (SessionSupervisor supervisor = open()) {
            assertThat(idOf("a", supervisor)).isEqualTo(next);
        }
    }

    @Test
    void terminatingForgets() {
        String id = speak("a");
        speak("b");
        try (SessionSupervisor supervisor = open()) {
            supervisor.perUser("a", options);
            supervisor.terminate("a");
            supervisor.perUser("b", options).close();
            assertThat(idOf("a", supervisor)).isNotEqualTo(id);
        }
        try (SessionSupervisor supervisor = open()) {
            assertThat(idOf("a", supervisor)).isEqualTo("none");
            assertThat(idOf("b", supervisor)).isEqualTo("none");
        }
    }

    @Test
    void aSessionThatIsOverIsForgotten() {
        fake.turn(turn -> turn.exit(0));
        try (SessionSupervisor supervisor = open()) {
            supervisor.start("a", options, RestartPolicy.TEMPORARY);
            assertThatThrownBy(() -> supervisor.query("a", "hello")).isInstanceOf(RuntimeException.class);
            while (supervisor.find("a").isPresent()) {
                Thread.onSpinWait();
            }
        }
        try (SessionSupervisor supervisor = open()) {
            assertThat(idOf("a", supervisor)).isEqualTo("none");
        }
    }

    @Test
    void aStartThatFailsForgetsNothing() {
        String id = speak("a");
        ClaudeOptions broken = options.toBuilder()
                .transport(launch -> {
                    throw new CliNotFoundException("not today", List.of(), null);
                })
                .build();
        try (SessionSupervisor supervisor = open()) {
            assertThatThrownBy(() -> supervisor.start("a", broken)).isInstanceOf(CliNotFoundException.class);
            assertThat(supervisor.count()).isZero();
        }
        assertThatThrownBy(() -> builder().session("a", broken).open()).isInstanceOf(CliNotFoundException.class);
        try (SessionSupervisor supervisor = open()) {
            assertThat(idOf("a", supervisor)).isEqualTo(id);
        }
    }

    @Test
    void aConversationThatTheOptionsNameWins() {
        speak("a");
        String chosen = UUID.randomUUID().toString();
        ClaudeOptions resuming = options.toBuilder().resume(chosen).build();
        try (SessionSupervisor supervisor = open()) {
            supervisor.start("a", resuming).query("hello");
            assertThat(lastArguments()).contains("--resume=" + chosen);
        }
        try (SessionSupervisor supervisor = open()) {
            assertThat(idOf("a", supervisor)).isEqualTo(chosen);
            supervisor.terminate("a");
            supervisor.start("a", options.toBuilder().continueConversation(true).build());
            assertThat(lastArguments()).contains("--continue");
        }
    }

    @Test
    void withoutResumingNothingIsRememberedOrForgotten() {
        String id = speak("a");
        try (SessionSupervisor supervisor = builder().resumeConversations(false).open()) {
            assertThat(idOf("a", supervisor)).isEqualTo("none");
            supervisor.query("a", "hello");
        }
        try (SessionSupervisor supervisor = open()) {
            assertThat(idOf("a", supervisor)).isEqualTo(id);
        }
    }

    @Test
    void requestsAreNotRemembered() throws IOException {
        try (SessionSupervisor supervisor = open()) {
            supervisor.perRequest(options, session -> session.query("hello"));
        }
        try (Stream<Path> files = Files.list(folder.resolve("sessions"))) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    void afterAnOpeningThatFailsTheFolderIsFree() {
        try (SessionSupervisor supervisor = open()) {
            assertThatThrownBy(this::open).hasMessageContaining("is used by another supervisor of this JVM");
            assertThat(supervisor.count()).isZero();
        }
        open().close();
    }

    @Test
    void theNextJvmOfTheReadme() {
        assertThat(ask("ada", "one")).isEqualTo("one");
        assertThat(ask("ada", "two")).isEqualTo("two");
        assertThat(lastArguments()).anyMatch(argument -> argument.startsWith("--resume="));
    }

    private String ask(String userId, String prompt) {
        try (SessionSupervisor supervisor = SessionSupervisor.builder()
                .maxLive(20)
                .idleTimeout(Duration.ofMinutes(10))
                .stateFolder(folder)
                .open()) {
            return supervisor.perUser(userId, options).query(prompt).text();
        }
    }
}
