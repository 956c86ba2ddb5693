package io.github.claudesessions.cli;

import io.github.claudesessions.error.CliNotExecutableException;
import io.github.claudesessions.error.CliNotFoundException;
import io.github.claudesessions.error.ProcessExitedException;
import io.github.claudesessions.error.SessionInterruptedException;
import io.github.claudesessions.error.TimeLimitException;
import io.github.claudesessions.internal.process.Executables;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Asks a binary for its version. The answer is kept for as long as the file is the same. Safe for several threads. */
final class VersionProbe {
    static final Duration LIMIT = Duration.ofSeconds(10);

    private static final ConcurrentHashMap<Identity, String> KNOWN = new ConcurrentHashMap<>();
    private static final Pattern VERSION = Pattern.compile("\\b\\d+\\.\\d+\\.\\d+[-+.\\w]*");
    private static final int KILLED = 137;
    private static final int MOST_OUTPUT = 64 * 1024;

    private final Duration limit;

    VersionProbe(Duration limit) {
        this.limit = limit;
    }

    /** Two files are the same if they are one on disk and have not been written since. */
    private record Identity(Path file, long size, FileTime modified) {}

    String version(Path file) {
        Identity identity;
        try {
            Path real = file.toRealPath();
            identity = new Identity(real, Files.size(real), Files.getLastModifiedTime(real));
        } catch (IOException e) {
            throw new CliNotFoundException("No Claude Code at " + file + ".", List.of(file.toString()), e);
        }
        String known = KNOWN.get(identity);
        if (known != null) {
            return known;
        }
        String version = probe(file, true);
        KNOWN.put(identity, version);
        return version;
    }

    private String probe(Path file, boolean mayRetry) {
        ProcessBuilder builder = new ProcessBuilder(file.toString(), "--version");
        builder.environment().keySet().removeAll(List.of("CLAUDECODE", "NODE_OPTIONS", "VSCODE_INSPECTOR_OPTIONS"));
        Process process;
        try {
            process = builder.start();
        } catch (IOException e) {
            throw Executables.explain(file, e);
        }
        try (InputStream out = process.getInputStream();
                InputStream err = process.getErrorStream()) {
            process.getOutputStream().close();
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new TimeLimitException(
                        file + " did not answer --version within " + limit.toMillis() + " ms.", "version", limit);
            }
            int code = process.exitValue();
            if (code == KILLED && mayRetry) {
                return probe(file, false); // macOS kills a new binary while Gatekeeper is still looking at it
            }
            String text = available(out);
            Matcher m = VERSION.matcher(text);
            if (code == 0 && m.find()) {
                return m.group();
            }
            throw new ProcessExitedException(
                    file + " answered --version with exit code " + code
                            + (code == 0 ? " and no version; it may not be Claude Code." : "."),
                    code,
                    process.pid(),
                    available(err),
                    null);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SessionInterruptedException("Interrupted while asking " + file + " for its version.", e);
        } catch (IOException e) {
            throw new CliNotExecutableException(
                    file + " can't be asked for its version: " + e.getMessage(),
                    file,
                    CliNotExecutableException.Reason.OTHER,
                    e);
        } finally {
            process.destroyForcibly();
        }
    }

    /** Only what is there: a child of the process may hold the pipe open, so its end is not waited for. */
    private static String available(InputStream in) throws IOException {
        return new String(in.readNBytes(Math.min(in.available(), MOST_OUTPUT)), StandardCharsets.UTF_8);
    }
}
