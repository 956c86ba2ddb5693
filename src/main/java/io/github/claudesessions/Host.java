package io.github.claudesessions;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/**
 * What a command line depends on besides the options.
 *
 * @param environment the environment of this JVM
 * @param root whether this JVM runs as the root user, and so would the CLI
 * @param windows whether names of variables ignore case
 */
record Host(Map<String, String> environment, boolean root, boolean windows) {
    private static final Path SELF = Path.of("/proc/self");

    Host {
        environment = Map.copyOf(environment);
    }

    /** The machine that this JVM runs on, read anew. */
    static Host current() {
        return new Host(System.getenv(), isRoot(), isWindows());
    }

    private static boolean isWindows() {
        return System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("windows");
    }

    private static boolean isRoot() {
        if (isWindows()) {
            return false;
        }
        try {
            // user.name is what the password file says, which a container may not have
            if (Files.exists(SELF)) {
                return Integer.valueOf(0).equals(Files.getAttribute(SELF, "unix:uid"));
            }
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            // not a Linux after all
        }
        return System.getProperty("user.name", "").equals("root");
    }

    /** The number of variables; their values can be secrets. */
    @Override
    public String toString() {
        return "Host[environment of " + environment.size() + ", root=" + root + ", windows=" + windows + "]";
    }
}
