package io.github.claudesessions.cli;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The machine and user as the code of this package sees them, so that tests can play another one.
 *
 * @param osName as the system property {@code os.name}
 * @param arch as the system property {@code os.arch}
 * @param env the environment
 * @param root the root of the file system in which system files are looked for
 */
record Host(String osName, String arch, Map<String, String> env, Path root) {

    /** This machine now: nothing is kept, because a build of a native image may run elsewhere and as someone else. */
    static Host current() {
        return new Host(
                System.getProperty("os.name", ""), System.getProperty("os.arch", ""), System.getenv(), Path.of("/"));
    }

    boolean windows() {
        return osName.toLowerCase(Locale.ROOT).contains("windows");
    }

    boolean mac() {
        String name = osName.toLowerCase(Locale.ROOT);
        return name.contains("mac") || name.contains("darwin");
    }

    /** A variable that is set to more than blanks. */
    Optional<String> variable(String name) {
        return Optional.ofNullable(env.get(name)).filter(v -> !v.isBlank());
    }

    Optional<Path> absolute(String name) {
        return variable(name).map(Path::of).filter(Path::isAbsolute);
    }

    /** The user's home folder; HOME comes first, because in a container the user may be unknown to the system. */
    Path home() {
        return absolute(windows() ? "USERPROFILE" : "HOME")
                .orElseGet(() -> Path.of(System.getProperty("user.home", ".")).toAbsolutePath());
    }

    /** The user's folder for what can be fetched again. */
    Path cacheFolder() {
        if (windows()) {
            return absolute("LOCALAPPDATA")
                    .orElseGet(() -> home().resolve("AppData").resolve("Local"));
        }
        if (mac()) {
            return home().resolve("Library").resolve("Caches");
        }
        return absolute("XDG_CACHE_HOME").orElseGet(() -> home().resolve(".cache"));
    }
}
