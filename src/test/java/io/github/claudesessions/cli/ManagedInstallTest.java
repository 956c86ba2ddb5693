package io.github.claudesessions.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.claudesessions.cli.Progress.Phase;
import io.github.claudesessions.error.CliInstallException;
import io.github.claudesessions.error.SessionInterruptedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class ManagedInstallTest {
    @TempDir
    Path dir;

    private FakeReleases server;
    private TestRelease release;
    private Path file;

    @BeforeEach
    void start() throws IOException {
        server = new FakeReleases();
        release = server.release;
        file = release.file(dir);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private ManagedInstall install() {
        return release.install(dir, TestRelease.vendor(server));
    }

    @Test
    void installsOnceAndReportsPhases() throws IOException {
        List<Phase> phases = new ArrayList<>();
        assertThat(install().install((bytes, total, phase) -> {
                    assertThat(bytes).isBetween(0L, total);
                    phases.add(phase);
                }))
                .isEqualTo(file);
        assertThat(Files.readAllBytes(file)).isEqualTo(release.content());
        assertThat(phases.stream().distinct()).containsExactly(Phase.DOWNLOADING, Phase.VERIFYING, Phase.DONE);

        phases.clear();
        install().install((bytes, total, phase) -> phases.add(phase));
        assertThat(phases).isEmpty();
        assertThat(server.downloads).containsExactly("whole");
        assertOnlyBinary();
    }

    @Test
    @Tag("unix")
    void everybodyMayReadAndRun() throws IOException {
        Path base = dir.resolve("a/b");
        Path installed = release.install(base, TestRelease.vendor(server)).install(Progress.none());
        for (Path p : List.of(installed, base.resolve("9.9.9/linux-x64"), base.resolve("9.9.9"), base)) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(p)))
                    .isEqualTo("rwxr-xr-x");
        }
        assertThat(new VersionProbe(VersionProbe.LIMIT).version(installed)).isEqualTo("9.9.9");
    }

    @Test
    @Tag("unix")
    void lostPermissionIsGivenBackWithoutADownload() throws IOException {
        install().install(Progress.none());
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        install().install(Progress.none());
        assertThat(Files.isExecutable(file)).isTrue();
        assertThat(server.downloads).hasSize(1);
    }

    @Test
    void goesOnAfterACut() throws IOException {
        server.cuts.addAll(List.of(100_000, 50_000));
        install().install(Progress.none());
        assertThat(Files.readAllBytes(file)).isEqualTo(release.content());
        assertThat(server.downloads).containsExactly("whole", "bytes=100000-", "bytes=150000-");
    }

    @Test
    void theNextInstallationGoesOnWhereOneGaveUp() throws IOException {
        server.cuts.addAll(List.of(100_000, 0));
        assertThatThrownBy(() -> install().install(Progress.none())).isInstanceOf(CliInstallException.class);
        assertThat(file).doesNotExist();

        install().install(Progress.none());
        assertThat(server.downloads).containsExactly("whole", "bytes=100000-", "bytes=100000-");
        assertThat(Files.readAllBytes(file)).isEqualTo(release.content());
        assertOnlyBinary();
    }

    @Test
    void aBadPartOfAnEarlierInstallationCostsOneMoreDownload() throws IOException {
        Files.createDirectories(file.getParent());
        Files.write(file.resolveSibling(VendorSource.PARTIAL), new byte[1000]);
        install().install(Progress.none());
        assertThat(server.downloads).containsExactly("bytes=1000-", "whole");
        assertThat(Files.readAllBytes(file)).isEqualTo(release.content());
    }

    @Test
    void refusesOtherContent() {
        byte[] other = release.content().clone();
        other[other.length - 1]++;
        server.content = other;
        assertThatThrownBy(() -> install().install(Progress.none()))
                .isInstanceOf(CliInstallException.class)
                .hasMessageContaining("checksum");
        assertThat(file).doesNotExist();
        assertThat(file.resolveSibling(VendorSource.PARTIAL)).doesNotExist();
    }

    @Test
    void refusesAManifestThatDisagrees() {
        server.listedChecksum = "0".repeat(64);
        assertThatThrownBy(() -> install().install(Progress.none())).hasMessageContaining("another checksum");
        assertThat(server.downloads).isEmpty();
    }

    @Test
    void aSignInPageIsNoManifest() {
        server.signInPage = true;
        assertThatThrownBy(() -> install().install(Progress.none()))
                .hasMessageContaining("not a manifest")
                .message()
                .doesNotContain("html");
    }

    @Test
    void whatIsInstalledIsUsedWithoutWriting() throws IOException {
        install().install(Progress.none());
        Files.delete(file.resolveSibling(".lock"));
        assertThat(install().install(Progress.none())).isEqualTo(file);
        assertThat(file.resolveSibling(".lock")).doesNotExist();
    }

    @Test
    void aListenerThatThrowsEndsTheInstallation() {
        assertThatThrownBy(() -> install().install((bytes, total, phase) -> {
                    throw new IllegalStateException("enough");
                }))
                .isInstanceOf(IllegalStateException.class);
        assertThat(install().install(Progress.none())).isEqualTo(file);
    }

    @Test
    void replacesAFileOfAnotherSize() throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "half");
        install().install(Progress.none());
        assertThat(Files.readAllBytes(file)).isEqualTo(release.content());
    }

    @Test
    void removesWhatKilledInstallationsLeft() throws IOException {
        Path left = file.resolveSibling(BinarySource.Order.TEMPORARY + "npm-1");
        Files.createDirectories(left.resolve("node_modules"));
        Files.writeString(left.resolve("node_modules/x"), "x");
        install().install(Progress.none());
        assertOnlyBinary();
    }

    @Test
    void triesTheNextSourceAndListsAll() throws IOException {
        server.binaryStatus = 503;
        BinarySource second = source("other", order -> {
            Path brought = order.folder().resolve(BinarySource.Order.TEMPORARY + "x");
            return Files.write(brought, release.content());
        });
        release.install(dir, TestRelease.vendor(server), second).install(Progress.none());
        assertThat(file).exists();

        BinarySource broken = source("broken", order -> {
            throw new IOException("out of order");
        });
        CliInstallException e = catchThrowableOfType(
                CliInstallException.class,
                () -> release.install(dir.resolve("2"), TestRelease.vendor(server), broken)
                        .install(Progress.none()));
        assertThat(e)
                .hasMessageContaining("localhost: it answered with status 503")
                .hasMessageContaining("broken: out of order")
                .hasMessageContaining("CLAUDE_SESSIONS_CLI_DIR");
        assertThat(e.version()).isEqualTo("9.9.9");
        assertThat(e.platform()).isEqualTo("linux-x64");
        assertThat(e.getSuppressed()).hasSize(2);
    }

    @Test
    void nobodyListens() {
        BinarySource nowhere = new VendorSource(server.base(), Duration.ofSeconds(5));
        server.close();
        assertThatThrownBy(() -> release.install(dir, nowhere).install(Progress.none()))
                .hasMessageContaining("it can't be reached");
    }

    @Test
    void redirectsAreLimited() {
        server.redirectForEver = true;
        assertThatThrownBy(() -> install().install(Progress.none()))
                .isInstanceOf(CliInstallException.class)
                .hasMessageContaining("302");
        assertThat(server.downloads).hasSizeLessThan(10);
    }

    @Test
    void aHostThatStopsSendingIsGivenUp() {
        server.hangAfter = 1000;
        BinarySource vendor = new VendorSource(server.base(), Duration.ofMillis(300));
        assertThatThrownBy(() -> release.install(dir, vendor).install(Progress.none()))
                .hasMessageContaining("it sent nothing for");
    }

    @Test
    void aFileInTheWayIsNamed() throws IOException {
        Path inTheWay = Files.writeString(dir.resolve("file"), "");
        for (Path base : List.of(inTheWay, inTheWay.resolve("below"))) {
            assertThatThrownBy(() ->
                            release.install(base, TestRelease.vendor(server)).install(Progress.none()))
                    .isInstanceOf(CliInstallException.class)
                    .hasMessageContaining(base.toString())
                    .hasMessageContaining("CLAUDE_SESSIONS_CLI_DIR");
        }
    }

    @Test
    @Tag("linux")
    void aReadOnlyFolderIsNamed() {
        Path base = Path.of("/proc/claude-sessions"); // not even root can write there
        assertThatThrownBy(
                        () -> release.install(base, TestRelease.vendor(server)).install(Progress.none()))
                .isInstanceOf(CliInstallException.class)
                .hasMessageContaining(base.toString())
                .hasMessageContaining("can't be written to")
                .hasMessageContaining("CLAUDE_SESSIONS_CLI_DIR");
        assertThat(server.downloads).isEmpty();
    }

    @Test
    void aPlatformWithoutABuildIsNamed() {
        ManagedInstall install = new ManagedInstall(dir, release.release(), "sunos-sparc", List.of());
        assertThatThrownBy(() -> install.install(Progress.none()))
                .isInstanceOf(CliInstallException.class)
                .hasMessageContaining("no build")
                .hasMessageContaining("sunos-sparc");
    }

    @Test
    void threadsAtOnceInstallOnce() throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Path>> paths = Stream.generate(
                            () -> threads.submit(() -> install().install(Progress.none())))
                    .limit(20)
                    .toList();
            for (Future<Path> path : paths) {
                assertThat(path.get()).isEqualTo(file);
            }
        }
        assertThat(server.downloads).hasSize(1);
    }

    @Test
    void anInterruptedInstallationSaysSoAndTheNextGoesOn() throws Exception {
        server.hangAfter = 1000;
        CompletableFuture<Boolean> flag = new CompletableFuture<>();
        List<Throwable> thrown = new CopyOnWriteArrayList<>();
        Thread thread = Thread.ofPlatform().start(() -> {
            try {
                install().install(Progress.none());
            } catch (RuntimeException e) {
                thrown.add(e);
            }
            flag.complete(Thread.currentThread().isInterrupted());
        });
        server.hanging.await();
        thread.interrupt();
        assertThat(flag.get()).isTrue();
        assertThat(thrown).singleElement().isInstanceOf(SessionInterruptedException.class);

        server.hangAfter = -1;
        install().install(Progress.none());
        assertThat(Files.readAllBytes(file)).isEqualTo(release.content());
    }

    @Test
    void anInterruptedThreadStillFindsWhatIsInstalled() {
        install().install(Progress.none());
        Thread.currentThread().interrupt();
        assertThat(install().install(Progress.none())).isEqualTo(file);
        assertThat(Thread.interrupted()).isTrue();
    }

    private void assertOnlyBinary() throws IOException {
        try (Stream<Path> entries = Files.list(file.getParent())) {
            assertThat(entries.map(p -> p.getFileName().toString())).containsExactlyInAnyOrder("claude", ".lock");
        }
    }

    private interface Fetch {
        Path fetch(BinarySource.Order order) throws IOException;
    }

    private static BinarySource source(String name, Fetch fetch) {
        return new BinarySource() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public Path fetch(Order order) throws IOException {
                return fetch.fetch(order);
            }
        };
    }
}
