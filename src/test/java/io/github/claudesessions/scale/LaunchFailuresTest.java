package io.github.claudesessions.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.claudesessions.ClaudeOptions;
import io.github.claudesessions.ClaudeSession;
import io.github.claudesessions.cli.ClaudeCli;
import io.github.claudesessions.error.ClaudeException;
import io.github.claudesessions.error.CliNotExecutableException;
import io.github.claudesessions.error.CliNotFoundException;
import io.github.claudesessions.error.LaunchException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What can't be started says why, and leaves nothing behind. */
@Tag("linux")
@Timeout(30)
class LaunchFailuresTest {
    private final TempFolders folders = new TempFolders();
    private final String sessionId = UUID.randomUUID().toString();

    @TempDir
    Path folder;

    private long files;

    @BeforeEach
    void start() {
        ClaudeSession.open(Stub.options().build()).close();
        folders.use(folder);
        files = Usage.fileDescriptors();
    }

    @AfterEach
    void nothingIsLeft() {
        try {
            assertThat(Usage.becomes(Duration.ofSeconds(5), () -> Usage.fileDescriptors() <= files))
                    .as("file descriptors are %s, were %s", Usage.fileDescriptors(), files)
                    .isTrue();
            assertThat(Usage.entries(folder, "claude-sessions-")).isZero();
        } finally {
            folders.restore();
        }
        // the id is free again
        ClaudeSession.open(Stub.options().sessionId(sessionId).build()).close();
    }

    @Test
    void missing() {
        assertThat(failure(CliNotFoundException.class, cli(folder.resolve("absent"))))
                .hasMessageContaining("absent");
    }

    @Test
    void notExecutable() throws IOException {
        Path file = Files.writeString(folder.resolve("claude"), "#!/bin/sh\n");
        assertThat(failure(CliNotExecutableException.class, cli(file)).reason())
                .isEqualTo(CliNotExecutableException.Reason.NO_PERMISSION);
    }

    @Test
    void forAnotherLibc() throws IOException {
        String shell = Files.readString(Path.of("/bin/sh").toRealPath(), StandardCharsets.ISO_8859_1);
        Path file = executable(shell.replaceFirst("/lib(64)?/ld-", "/nul$1/ld-"));
        assertThat(failure(CliNotExecutableException.class, cli(file)).reason())
                .isEqualTo(CliNotExecutableException.Reason.WRONG_LIBC);
    }

    @Test
    void noProgram() throws IOException {
        assertThat(failure(CliNotExecutableException.class, cli(executable("\0\0\0\0\0\0\0\0")))
                        .reason())
                .isEqualTo(CliNotExecutableException.Reason.WRONG_FORMAT);
    }

    @Test
    void missingWorkingDirectory() {
        assertThat(failure(LaunchException.class, Stub.options().cwd(folder.resolve("absent")))
                        .reason())
                .isEqualTo(LaunchException.Reason.MISSING_CWD);
    }

    @Test
    void noRoomForTheArguments() {
        assertThat(failure(LaunchException.class, Stub.options("x".repeat(200_000)))
                        .reason())
                .isEqualTo(LaunchException.Reason.SYSTEM);
    }

    private <T extends ClaudeException> T failure(Class<T> type, ClaudeOptions.Builder options) {
        T failure = catchThrowableOfType(
                type, () -> ClaudeSession.open(options.sessionId(sessionId).build()));
        assertThat(failure).isNotNull();
        return failure;
    }

    private static ClaudeOptions.Builder cli(Path file) {
        return ClaudeOptions.builder().cli(ClaudeCli.at(file));
    }

    private Path executable(String content) throws IOException {
        Path file = Files.writeString(folder.resolve("claude"), content, StandardCharsets.ISO_8859_1);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    }
}
