package io.github.claudesessions.internal.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The environment variable that tells which process of the library started another: all that a process starts inherit
 * it. It can be read on Linux only.
 */
public final class Marker {
    public static final String NAME = "CLAUDE_SESSIONS_PROCESS";

    private static final Path PROC = Path.of("/proc");
    private static final String ENTRY = "\0" + NAME + "=";
    static final boolean READABLE = Files.isReadable(PROC.resolve("self/environ"));

    private Marker() {}

    /** The marker of a process, or null if it has none, is gone or somebody else's, or this is not Linux. */
    public static @Nullable String of(long pid) {
        return read(PROC.resolve(Long.toString(pid)));
    }

    /** The processes with one of these markers. */
    public static List<ProcessHandle> processes(Set<String> markers) {
        List<ProcessHandle> found = new ArrayList<>();
        if (!READABLE || markers.isEmpty()) {
            return found;
        }
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (Path process : processes) {
                String marker = read(process);
                if (marker != null && markers.contains(marker)) {
                    ProcessHandle.of(Long.parseLong(process.getFileName().toString()))
                            .ifPresent(found::add);
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            return found;
        }
        return found;
    }

    private static @Nullable String read(Path process) {
        String environ;
        try {
            environ = "\0" + Files.readString(process.resolve("environ"), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return null;
        }
        int entry = environ.indexOf(ENTRY);
        if (entry < 0) {
            return null;
        }
        int end = environ.indexOf('\0', entry + 1);
        return environ.substring(entry + ENTRY.length(), end < 0 ? environ.length() : end);
    }
}
