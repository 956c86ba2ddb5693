package io.github.claudesessions.internal.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What a process leaves behind. After its death its shells have parent 1 and a session of their own, so neither the
 * process tree nor the process group leads to them: on Linux a variable that they inherited does, elsewhere the list
 * of descendants that was taken while it lived.
 */
final class Leftovers {
    private static final Path PROC = Path.of("/proc");
    private static final boolean LINUX = Files.isReadable(PROC.resolve("self/environ"));
    private static final int PASSES = 3;

    private final byte[] marker;
    private volatile List<ProcessHandle> recorded = List.of();

    Leftovers(String name, String value) {
        marker = (name + "=" + value).getBytes(StandardCharsets.UTF_8);
    }

    /** Notes the descendants of {@code process} where they can't be found by their environment later. */
    void record(ProcessHandle process) {
        if (!LINUX) {
            recorded = process.descendants().toList();
        }
    }

    /** Ends what is left. A process that forks meanwhile is met in the next pass. */
    void kill() {
        recorded.forEach(ProcessHandle::destroyForcibly);
        if (LINUX) {
            for (int pass = 0; pass < PASSES; pass++) {
                List<ProcessHandle> found = marked();
                if (found.isEmpty()) {
                    return;
                }
                found.forEach(ProcessHandle::destroyForcibly);
            }
        }
    }

    private List<ProcessHandle> marked() {
        List<ProcessHandle> found = new ArrayList<>();
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (Path process : processes) {
                if (isMarked(process)) {
                    ProcessHandle.of(Long.parseLong(process.getFileName().toString()))
                            .ifPresent(found::add);
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            return found;
        }
        return found;
    }

    private boolean isMarked(Path process) {
        byte[] environ;
        try {
            environ = Files.readAllBytes(process.resolve("environ"));
        } catch (IOException e) {
            return false; // gone, or somebody else's
        }
        int start = 0;
        for (int i = 0; i < environ.length; i++) {
            if (environ[i] == 0) {
                if (i - start == marker.length && matches(environ, start)) {
                    return true;
                }
                start = i + 1;
            }
        }
        return false;
    }

    private boolean matches(byte[] environ, int start) {
        return Arrays.equals(environ, start, start + marker.length, marker, 0, marker.length);
    }
}
