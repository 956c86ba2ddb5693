package io.github.claudesessions.scale;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.claudesessions.ClaudeOptions;
import io.github.claudesessions.ClaudeSession;
import io.github.claudesessions.SessionSupervisor;
import io.github.claudesessions.WarmSpares;
import io.github.claudesessions.cli.ClaudeCli;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Spare processes of a small CLI, and what may change around them. */
@Tag("unix")
@Timeout(60)
class SpareProcessesTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    private final ClaudeOptions stub = Stub.options().build();

    private static long children() {
        return ProcessHandle.current().children().filter(ProcessHandle::isAlive).count();
    }

    private static long take(ClaudeOptions options) {
        try (ClaudeSession session = ClaudeSession.open(options)) {
            assertThat(session.query("hi").text()).isEqualTo("hello");
            return session.pid();
        }
    }

    /** The pid of the only spare process. */
    private static long ready(WarmSpares spares) {
        assertThat(spares.awaitReady(LIMIT)).isTrue();
        return ProcessHandle.current()
                .children()
                .filter(ProcessHandle::isAlive)
                .mapToLong(ProcessHandle::pid)
                .max()
                .orElseThrow();
    }

    private ClaudeOptions copied() throws IOException {
        Path cli = Files.copy(stub.cli().resolve(), folder.resolve("claude"), StandardCopyOption.COPY_ATTRIBUTES);
        return stub.toBuilder().cli(ClaudeCli.at(cli)).build();
    }

    @Test
    void oneIsTakenAsLongAsNothingHasChanged() throws IOException {
        long before = children();
        Path cwd = Files.createDirectory(folder.resolve("cwd"));
        ClaudeOptions options = copied().toBuilder().cwd(cwd).build();
        try (WarmSpares spares = WarmSpares.of(options, 1)) {
            long pid = ready(spares);
            Files.createFile(cwd.resolve("what a session has written"));
            assertThat(take(options)).isEqualTo(pid);
        }
        assertThat(children()).isEqualTo(before);
    }

    @Test
    void oneOfAnotherCliFileIsNotHandedOut() throws IOException {
        long before = children();
        ClaudeOptions options = copied();
        Path cli = options.cli().resolve();
        try (WarmSpares spares = WarmSpares.of(options, 1)) {
            long old = ready(spares);
            Path next = Files.copy(cli, folder.resolve("next"), StandardCopyOption.COPY_ATTRIBUTES);
            Files.move(next, cli, StandardCopyOption.REPLACE_EXISTING);
            assertThat(take(options)).isNotEqualTo(old);

            old = ready(spares);
            Files.setLastModifiedTime(cli, FileTime.from(Instant.EPOCH)); // written over in place
            assertThat(take(options)).isNotEqualTo(old);
        }
        assertThat(children()).isEqualTo(before);
    }

    @Test
    void oneInAnotherFolderBehindTheSameLinkIsNotHandedOut() throws IOException {
        Path blue = Files.createDirectory(folder.resolve("blue"));
        Path green = Files.createDirectory(folder.resolve("green"));
        Path link = Files.createSymbolicLink(folder.resolve("current"), blue);
        ClaudeOptions options = stub.toBuilder().cwd(link).build();
        try (WarmSpares spares = WarmSpares.of(options, 1)) {
            long old = ready(spares);
            Files.delete(link);
            Files.createSymbolicLink(link, green);
            assertThat(take(options)).isNotEqualTo(old);
        }
    }

    /** Its working directory keeps its number as long as the process is there. */
    @Test
    void oneInAFolderThatWasRemovedAndMadeAnewIsNotHandedOut() throws IOException {
        Path cwd = Files.createDirectory(folder.resolve("cwd"));
        ClaudeOptions options = stub.toBuilder().cwd(cwd).build();
        try (WarmSpares spares = WarmSpares.of(options, 1)) {
            long old = ready(spares);
            Files.delete(cwd);
            Files.createDirectory(cwd);
            assertThat(take(options)).isNotEqualTo(old);
        }
    }

    @Test
    void oneThatWasKilledAMomentAgoIsNotHandedOut() {
        try (WarmSpares spares = WarmSpares.of(stub, 1)) {
            for (int i = 0; i < 5; i++) {
                assertThat(spares.awaitReady(LIMIT)).isTrue();
                long pid = ready(spares);
                ProcessHandle.of(pid).orElseThrow().destroyForcibly();
                assertThat(take(stub)).isNotEqualTo(pid);
            }
        }
    }

    /** A JVM after this one would end them, should this one be killed. */
    @Test
    void sparesOfASupervisorAreInItsStateFolder() throws IOException {
        Path state = folder.resolve("state");
        try (SessionSupervisor supervisor = SessionSupervisor.builder()
                .stateFolder(state)
                .warmSpares(stub, 2)
                .open()) {
            until(() -> supervisor.spares() == 2);
            assertThat(records(state)).hasSize(2);
            supervisor.start("a", stub);
            assertThat(records(state))
                    .anyMatch(record ->
                            record.contains(supervisor.session("a").sessionId().orElseThrow()));
        }
        assertThat(records(state)).isEmpty();
    }

    private static List<String> records(Path state) throws IOException {
        try (Stream<Path> files = Files.list(state.resolve("children"))) {
            return files.map(file -> {
                        try {
                            return Files.readString(file);
                        } catch (IOException e) {
                            throw new AssertionError(e);
                        }
                    })
                    .toList();
        }
    }

    private static void until(BooleanSupplier condition) {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime() - start).as("the time").isLessThan(LIMIT.toNanos());
            LockSupport.parkNanos(1_000_000);
        }
    }
}
