package io.github.claudesessions.functional;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** The threads, platform and virtual, that run code of the library on nobody's behalf. */
final class LibraryThreads {
    private static final String INSIDE = "io.github.claudesessions.internal.";
    private static final String OF_A_TEST = "io.github.claudesessions.functional.";

    private final Path folder;
    private int number;

    /** @param folder for what is written down to be read again */
    LibraryThreads(Path folder) {
        this.folder = folder;
    }

    /** Their stack traces. */
    List<String> now() {
        Path file = folder.resolve("threads-" + number++);
        try {
            ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
                    .dumpThreads(file.toString(), HotSpotDiagnosticMXBean.ThreadDumpFormat.TEXT_PLAIN);
            return Arrays.stream(Files.readString(file).split("\n\n", -1))
                    .filter(thread -> thread.contains(INSIDE) && !thread.contains(OF_A_TEST))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
