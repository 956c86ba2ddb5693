package io.github.claudesessions.functional;

import io.github.claudesessions.testing.FakeAnthropicApi;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The processes that work for one test: its own children, and on Linux whatever runs with the home folder of its API. */
final class Processes {
    private static final Path PROC = Path.of("/proc");

    private Processes() {}

    /** The process ids, this JVM's excluded. */
    static List<Long> of(FakeAnthropicApi api) {
        List<Long> found = new ArrayList<>(ProcessHandle.current()
                .descendants()
                .filter(ProcessHandle::isAlive)
                .map(ProcessHandle::pid)
                .toList());
        if (Files.isDirectory(PROC)) {
            found.addAll(having("HOME", api.environment().getOrDefault("HOME", "")));
        }
        return found.stream().distinct().toList();
    }

    /** Their command lines, for a failure to tell. */
    static String describe(FakeAnthropicApi api) {
        return of(api).stream()
                .map(pid -> pid + ": " + commandLine(pid))
                .toList()
                .toString();
    }

    /** Linux: the processes with this variable in their environment. */
    private static List<Long> having(String name, String value) {
        List<Long> found = new ArrayList<>();
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (Path process : processes) {
                long pid = Long.parseLong(process.getFileName().toString());
                if (value.equals(environment(pid).get(name))) {
                    found.add(pid);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found;
    }

    /** Linux: the environment of a process, empty if it has gone. */
    static Map<String, String> environment(long pid) {
        Map<String, String> variables = new HashMap<>();
        for (String entry : read(pid, "environ").split("\0", -1)) {
            int equals = entry.indexOf('=');
            if (equals > 0) {
                variables.put(entry.substring(0, equals), entry.substring(equals + 1));
            }
        }
        return variables;
    }

    /** What {@code ps} shows of a process, empty if it has gone. */
    static String commandLine(long pid) {
        return Files.isDirectory(PROC)
                ? read(pid, "cmdline").replace('\0', ' ')
                : ProcessHandle.of(pid)
                        .flatMap(process -> process.info().commandLine())
                        .orElse("");
    }

    private static String read(long pid, String file) {
        try {
            return Files.readString(PROC.resolve(pid + "/" + file), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return "";
        }
    }
}
