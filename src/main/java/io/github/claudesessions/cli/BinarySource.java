package io.github.claudesessions.cli;

import java.io.IOException;
import java.nio.file.Path;

/** A place that a binary can be had from. Called with the installation lock held, by one thread at a time. */
interface BinarySource {
    /** A name for messages. */
    String name();

    /**
     * Brings the binary into the folder of the order. What it brings is not trusted: the caller checks it.
     *
     * @return the file, on the file system of {@code order.folder()}
     * @throws IOException with a message for the user that says why it could not
     */
    Path fetch(Order order) throws IOException, InterruptedException;

    /**
     * What to bring.
     *
     * @param version the version of the CLI
     * @param platform the platform
     * @param binary what the file must be
     * @param folder an existing folder; names in it that start with {@link #TEMPORARY} may be used
     * @param progress is told the bytes
     */
    record Order(String version, String platform, Release.Binary binary, Path folder, Progress progress) {
        static final String TEMPORARY = ".incoming-";

        String fileName() {
            return platform.startsWith("win32-") ? "claude.exe" : "claude";
        }

        void downloaded(long bytes) {
            progress.update(Math.min(bytes, binary.size()), binary.size(), Progress.Phase.DOWNLOADING);
        }
    }
}
