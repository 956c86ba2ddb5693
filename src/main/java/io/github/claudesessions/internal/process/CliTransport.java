package io.github.claudesessions.internal.process;

import io.github.claudesessions.error.LaunchException;
import io.github.claudesessions.internal.PrivateFolder;
import io.github.claudesessions.internal.Timer;
import io.github.claudesessions.spi.Exit;
import io.github.claudesessions.spi.Launch;
import io.github.claudesessions.spi.Transport;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The CLI as a child process of this JVM. The JDK holds one thread for it; a listened-to stderr costs another. */
public final class CliTransport implements Transport {
    /** A process that ends has its output closed a moment before. */
    private static final Duration EXIT_AFTER_OUTPUT = Duration.ofMillis(100);

    private static final Duration EVER = Duration.ofDays(10_000);

    private final Process process;
    private final InputStream stdout;
    private final CompletableFuture<Exit> exit = new CompletableFuture<>();
    private final PrivateFolder folder;
    private final Stderr stderr;
    private final Leftovers leftovers;
    private final Secrets secrets;

    private CliTransport(Process process, PrivateFolder folder, Leftovers leftovers, Secrets secrets, Stderr stderr) {
        this.process = process;
        this.folder = folder;
        this.leftovers = leftovers;
        this.secrets = secrets;
        this.stderr = stderr;
        this.stdout = new Output(process.getInputStream());
        process.onExit().thenRun(this::exited);
    }

    /**
     * Starts {@code executable}.
     *
     * @param stderrListener gets each line of stderr on a thread of its own, or null
     */
    public static CliTransport start(Path executable, Launch launch, @Nullable Consumer<String> stderrListener) {
        Path cwd = launch.cwd();
        if (cwd != null && !Files.isDirectory(cwd)) {
            throw new LaunchException(
                    "cwd must be an existing directory, was " + cwd, LaunchException.Reason.MISSING_CWD, null);
        }
        String marker = UUID.randomUUID().toString();
        PrivateFolder folder = PrivateFolder.create(DeadFolders.PREFIX);
        Process process = null;
        try {
            ProcessBuilder builder = builder(executable, launch, folder.path());
            builder.environment().put(Marker.NAME, marker);
            Path stderrFile = folder.path().resolve("stderr");
            if (stderrListener == null) {
                builder.redirectError(ProcessBuilder.Redirect.appendTo(stderrFile.toFile()));
            }
            process = builder.start();
            DeadFolders.mark(folder, process.pid());
            DeadFolders.sweepOnce(folder);
            Stderr stderr = stderrListener == null
                    ? new StderrFile(stderrFile, Timer.system())
                    : new StderrPump(process.getErrorStream(), process.pid(), stderrListener);
            return new CliTransport(process, folder, new Leftovers(marker), new Secrets(launch.environment()), stderr);
        } catch (IOException e) {
            folder.close();
            throw Executables.explain(executable, e);
        } catch (RuntimeException | Error e) {
            if (process != null) {
                process.destroyForcibly();
            }
            folder.close();
            throw e;
        }
    }

    private static ProcessBuilder builder(Path executable, Launch launch, Path temp) {
        List<String> command = new ArrayList<>();
        command.add(executable.toString());
        command.addAll(launch.arguments());
        ProcessBuilder builder = new ProcessBuilder(command);
        Path cwd = launch.cwd();
        builder.directory(cwd == null ? null : cwd.toFile());
        Map<String, String> environment = builder.environment();
        environment.clear();
        for (String variable : List.of("TMPDIR", "TMP", "TEMP")) {
            environment.put(variable, temp.toString());
        }
        environment.putAll(launch.environment());
        return builder;
    }

    @Override
    public InputStream stdout() {
        return stdout;
    }

    @Override
    public OutputStream stdin() {
        return process.getOutputStream();
    }

    @Override
    public CompletableFuture<Exit> onExit() {
        return exit;
    }

    @Override
    public void prepareClose() {
        leftovers.record(process.toHandle());
    }

    @Override
    public void terminate() {
        process.destroy();
    }

    @Override
    public void kill() {
        process.destroyForcibly();
        leftovers.kill();
    }

    @Override
    public void release() {
        stderr.close();
        folder.close();
    }

    @Override
    public long pid() {
        return process.pid();
    }

    @Override
    public String stderrTail() {
        if (!process.isAlive()) {
            stderr.close(); // the last lines may still be on their way
        }
        return secrets.mask(stderr.tail());
    }

    private void exited() {
        exit.complete(new Exit(process.exitValue()));
    }

    /** Waits for the exit without the JDK's common pool. */
    private boolean awaitExit(Duration limit) {
        try {
            boolean ended = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
            if (ended) {
                exited();
            }
            return ended;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /**
     * The output, whose end tells of the exit. The JDK tells of it on the common pool, which tasks of the host can hold
     * up for as long as they like.
     */
    private final class Output extends FilterInputStream {
        private boolean ended;

        Output(InputStream in) {
            super(in);
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int read = -1;
            try {
                read = in.read(buffer, offset, length);
                return read;
            } finally {
                if (read < 0 && !ended) {
                    ended = true;
                    if (!awaitExit(EXIT_AFTER_OUTPUT)) {
                        // it has closed its output and lives on
                        Threads.startPump("claude-sessions-exit-" + process.pid(), () -> awaitExit(EVER));
                    }
                }
            }
        }
    }
}
