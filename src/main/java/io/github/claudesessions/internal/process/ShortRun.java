package io.github.claudesessions.internal.process;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A program that is run to its end, for a short answer.
 *
 * @param exitCode its exit code
 * @param output the beginning of what it wrote on stdout
 */
public record ShortRun(int exitCode, String output) {
    private static final int MOST_OUTPUT = 64 * 1024;

    /**
     * Runs {@code command} without input; its stderr is dropped.
     *
     * @param environment its whole environment
     * @return empty if it did not end within {@code limit} and was killed
     * @throws IOException if it can't be started
     */
    public static Optional<ShortRun> of(List<String> command, Map<String, String> environment, Path cwd, Duration limit)
            throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(new File(cwd.toString()))
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().clear();
        builder.environment().putAll(environment);
        Process process = builder.start();
        try (InputStream out = process.getInputStream()) {
            process.getOutputStream().close();
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                return Optional.empty();
            }
            // only what is there: a child of the process may hold the pipe open, so its end is not waited for
            byte[] answer = out.readNBytes(Math.min(out.available(), MOST_OUTPUT));
            return Optional.of(new ShortRun(process.exitValue(), new String(answer, StandardCharsets.UTF_8)));
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }
}
