package io.github.claudesessions.functional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.claudesessions.Claude;
import io.github.claudesessions.ClaudeOptions;
import io.github.claudesessions.ClaudeSession;
import io.github.claudesessions.error.LaunchException;
import io.github.claudesessions.error.SessionInterruptedException;
import io.github.claudesessions.error.TurnFailedException;
import io.github.claudesessions.error.TurnFailedException.Reason;
import io.github.claudesessions.testing.Reply;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the child is given, seen from the child; and the launches that are refused or limited. */
@Timeout(60)
@Tag("unix")
class LaunchTest extends OnRealCli {
    private static final String KEY = "sk-ant-fake-very-secret";

    @Test
    @Tag("linux")
    void nothingSecretOrLargeIsInTheProcessList() {
        api.reply(Reply.text("hello"));
        String large = "confidential ".repeat(400_000);
        ClaudeOptions options =
                builder().apiKey(KEY).env(withoutKey()).systemPrompt(large).build();
        try (ClaudeSession session = ClaudeSession.open(options)) {
            String shown = Processes.commandLine(session.pid());
            assertThat(shown).isNotEmpty().hasSizeLessThan(4096).doesNotContain(KEY, "confidential");
            assertThat(session.query("hello").text()).isEqualTo("hello");
            assertThat(api.lastRequest().system()).hasSizeGreaterThan(5_000_000).contains("confidential confidential");
            assertThat(api.lastRequest().header("x-api-key")).contains(KEY);
        }
    }

    @Test
    @Tag("linux")
    void eachSessionHasAPrivateFolderForTemporaryFiles() throws IOException {
        api.reply(bash("echo \"$CLAUDE_SESSIONS_PROCESS\" > marker"), Reply.text("done"));
        Path folder;
        try (ClaudeSession session =
                ClaudeSession.open(builder().allowedTools("Bash").build())) {
            Map<String, String> child = Processes.environment(session.pid());
            folder = Path.of(child.getOrDefault("TMPDIR", ""));
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
                    .isEqualTo("rwx------");
            session.query("run");
            assertThat(Files.readString(cwd.resolve("marker")).strip()).isEqualTo(child.get("CLAUDE_SESSIONS_PROCESS"));
        }
        assertThat(folder).doesNotExist();
    }

    @Test
    void maxTurns() {
        api.reply(bash("true"), Reply.text("unreached"));
        TurnFailedException failure = failure(builder().allowedTools("Bash").maxTurns(1));
        assertThat(failure.reason()).isEqualTo(Reason.MAX_TURNS);
        assertThat(failure.result().isError()).isTrue();
    }

    @Test
    void maxBudget() {
        api.reply(bash("true").usage(1_000_000, 1_000_000), Reply.text("unreached"));
        TurnFailedException failure = failure(builder().allowedTools("Bash").maxBudgetUsd(0.5));
        assertThat(failure.reason()).isEqualTo(Reason.MAX_BUDGET);
        assertThat(failure.result().costUsd()).isGreaterThan(0.5);
    }

    @Test
    void theWorkingFolderMustExist() {
        Path missing = cwd.resolve("missing");
        LaunchException refused = catchThrowableOfType(
                LaunchException.class,
                () -> ClaudeSession.open(builder().cwd(missing).build()));
        assertThat(refused.reason()).isEqualTo(LaunchException.Reason.MISSING_CWD);
        assertThat(refused).hasMessageContaining(missing.toString());
    }

    @Test
    void anInterruptedThreadOpensNothing() {
        String id = newId();
        ClaudeOptions options = builder().sessionId(id).build();
        Thread.currentThread().interrupt();
        SessionInterruptedException refused =
                catchThrowableOfType(SessionInterruptedException.class, () -> ClaudeSession.open(options));
        assertThat(Thread.interrupted()).isTrue();
        assertThat(refused).isNotNull();
        // its process is on its way out, and the id is free as soon as that is gone
        ClaudeSession.open(options).close();
    }

    @Test
    void aStartThatFailsLeavesTheIdFree() {
        String id = newId();
        Path missing = cwd.resolve("missing");
        ClaudeOptions failing = builder().sessionId(id).cwd(missing).build();
        assertThat(catchThrowableOfType(LaunchException.class, () -> ClaudeSession.open(failing)))
                .isNotNull();
        try (ClaudeSession session = ClaudeSession.open(builder().sessionId(id).build())) {
            assertThat(session.sessionId()).contains(id);
        }
    }

    private Map<String, String> withoutKey() {
        Map<String, String> environment = new HashMap<>(api.environment());
        environment.remove("ANTHROPIC_API_KEY");
        return environment;
    }

    private static TurnFailedException failure(ClaudeOptions.Builder options) {
        return catchThrowableOfType(TurnFailedException.class, () -> Claude.query("run", options.build()));
    }
}
