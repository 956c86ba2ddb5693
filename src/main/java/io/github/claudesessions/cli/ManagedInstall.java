package io.github.claudesessions.cli;

import io.github.claudesessions.error.CliInstallException;
import io.github.claudesessions.error.SessionInterruptedException;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One release in one folder of this machine. Any number of threads and processes may install at once: one does, the
 * others wait. Layout: {@code BASE/VERSION/PLATFORM/claude}, with the lock and what is unfinished beside it.
 */
final class ManagedInstall {
    /** The variable that names the folder for all versions. */
    static final String FOLDER_VARIABLE = "CLAUDE_SESSIONS_CLI_DIR";

    private static final Logger LOG = LoggerFactory.getLogger(ManagedInstall.class);
    private static final String WAY_OUT = " Install npm or open the way to the release host; or install beforehand, on"
            + " a machine or in an image build that has network, with io.github.claudesessions.cli.InstallCli and point "
            + FOLDER_VARIABLE + " at the folder; or use ClaudeCli.system() or ClaudeCli.at(path).";

    private final Path base;
    private final Release release;
    private final String platform;
    private final List<BinarySource> sources;

    ManagedInstall(Path base, Release release, String platform, List<BinarySource> sources) {
        this.base = base.toAbsolutePath().normalize();
        this.release = release;
        this.platform = platform;
        this.sources = List.copyOf(sources);
    }

    /** Returns the binary, which is installed first if it is not there; nothing is reported if it is. */
    @SuppressWarnings("try") // the lock is held, not used
    Path install(Progress progress) {
        Release.Binary binary = release.binary(platform)
                .orElseThrow(() -> failure(
                        "There is no build of Claude Code " + release.version() + " for " + platform
                                + ". Use ClaudeCli.at(path) if you have one that runs here.",
                        null));
        Path file = file();
        Path folder = folder();
        if (InstallFiles.isInstalled(file, binary)) {
            return file;
        }
        try {
            InstallFiles.createFolders(folder, base);
        } catch (IOException e) {
            throw unusable(folder, e);
        }
        try (InstallLock lock = lock(folder, progress)) {
            return installLocked(folder, file, binary, progress);
        } catch (InterruptedException | ClosedByInterruptException e) {
            Thread.currentThread().interrupt();
            throw new SessionInterruptedException(
                    "Interrupted while installing Claude Code " + release.version() + ".", e);
        } catch (IOException e) {
            throw unusable(folder, e);
        }
    }

    /** The binary, if it is there. */
    Optional<Path> installed() {
        return release.binary(platform)
                .filter(binary -> InstallFiles.isInstalled(file(), binary))
                .map(binary -> file());
    }

    private Path folder() {
        return base.resolve(release.version()).resolve(platform);
    }

    private Path file() {
        return folder().resolve(platform.startsWith("win32-") ? "claude.exe" : "claude");
    }

    private InstallLock lock(Path folder, Progress progress) throws IOException, InterruptedException {
        Runnable waiting = () -> progress.update(0, -1, Progress.Phase.WAITING);
        return InstallLock.acquire(folder.resolve(".lock"), waiting);
    }

    private Path installLocked(Path folder, Path file, Release.Binary binary, Progress progress)
            throws IOException, InterruptedException {
        if (InstallFiles.isInstalled(file, binary)) {
            return file;
        }
        InstallFiles.removeLeftovers(folder, VendorSource.PARTIAL);
        BinarySource.Order order = new BinarySource.Order(release.version(), platform, binary, folder, progress);
        if (Files.isRegularFile(file) && InstallFiles.isGenuine(file, order)) {
            InstallFiles.permit(file); // copied here by something that lost the permission
            return file;
        }
        List<String> tried = new ArrayList<>();
        List<Exception> failures = new ArrayList<>();
        try {
            for (BinarySource source : sources) {
                LOG.info("Installing Claude Code {} for {} from {}", release.version(), platform, source.name());
                try {
                    take(source, order, file);
                    Files.deleteIfExists(folder.resolve(VendorSource.PARTIAL));
                    progress.update(binary.size(), binary.size(), Progress.Phase.DONE);
                    LOG.info("Installed {}", file);
                    return file;
                } catch (ClosedByInterruptException e) {
                    throw e;
                } catch (IOException e) {
                    LOG.info("Not from {}: {}", source.name(), reason(e));
                    tried.add(source.name() + ": " + reason(e));
                    failures.add(e);
                }
            }
        } finally {
            InstallFiles.removeLeftovers(folder, VendorSource.PARTIAL);
        }
        throw exhausted(folder, tried, failures);
    }

    private void take(BinarySource source, BinarySource.Order order, Path file)
            throws IOException, InterruptedException {
        boolean resumed = Files.exists(order.folder().resolve(VendorSource.PARTIAL));
        Path first = source.fetch(order);
        if (InstallFiles.isGenuine(first, order)) {
            InstallFiles.moveIntoPlace(first, file);
            return;
        }
        Files.delete(first);
        if (resumed) { // what a killed installation had left was bad: once more from the start
            Path second = source.fetch(order);
            if (InstallFiles.isGenuine(second, order)) {
                InstallFiles.moveIntoPlace(second, file);
                return;
            }
            Files.delete(second);
        }
        throw new IOException("the file that it sent is not the one whose checksum this library knows");
    }

    private CliInstallException exhausted(Path folder, List<String> tried, List<Exception> failures) {
        CliInstallException failure = failure(
                "Claude Code " + release.version() + " for " + platform + " could not be installed into " + folder
                        + ". Tried: " + String.join("; ", tried) + "." + WAY_OUT,
                null);
        failures.forEach(failure::addSuppressed);
        return failure;
    }

    private CliInstallException unusable(Path folder, IOException cause) {
        return failure(
                "Claude Code " + release.version() + " is not in " + folder + ", and the folder can't be written to ("
                        + reason(cause) + "). Choose another with the environment variable " + FOLDER_VARIABLE
                        + " or ClaudeCli.managed(dir), or install beforehand as a user who may write there.",
                cause);
    }

    private CliInstallException failure(String message, @Nullable Throwable cause) {
        return new CliInstallException(message, release.version(), platform, cause);
    }

    private static String reason(IOException e) {
        String message = e.getMessage();
        if (message == null) {
            return e.getClass().getSimpleName();
        }
        return e instanceof FileSystemException ? e.getClass().getSimpleName() + " " + message : message;
    }
}
