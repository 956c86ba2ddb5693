package io.github.claudesessions.internal.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A JVM that processes work for.
 *
 * @param process the JVM
 * @param pidNamespace where its number is valid, on Linux; null elsewhere
 */
public record Owner(ProcessIdentity process, @Nullable String pidNamespace) {
    /** This JVM. */
    public static final Owner SELF =
            new Owner(ProcessIdentity.of(ProcessHandle.current().pid()), namespace());

    /** What has become of it. The number of a process says nothing in another container. */
    public ProcessIdentity.State state() {
        boolean sameBoot = Objects.equals(process.boot(), SELF.process().boot());
        return sameBoot && !Objects.equals(pidNamespace, SELF.pidNamespace())
                ? ProcessIdentity.State.UNKNOWN
                : process.state();
    }

    private static @Nullable String namespace() {
        try {
            return Files.readSymbolicLink(Path.of("/proc/self/ns/pid")).toString();
        } catch (IOException | UnsupportedOperationException e) {
            return null;
        }
    }
}
