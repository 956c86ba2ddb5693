package io.github.claudesessions.cli;

import io.github.claudesessions.error.CliNotFoundException;
import io.github.claudesessions.internal.process.Executables;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Looks a program up in the folders of the PATH and in further places. */
final class PathSearch {
    private static final String PACKAGED = "node_modules/@anthropic-ai/claude-code/bin/claude.exe";

    private final Host host;

    PathSearch(Host host) {
        this.host = host;
    }

    /**
     * The absolute folders of the PATH in order. Relative and empty entries are left out: a library should not run what
     * happens to lie in the working directory.
     */
    List<Path> pathFolders() {
        String path = host.variable("PATH").or(() -> host.variable("Path")).orElse("");
        Set<Path> folders = new LinkedHashSet<>();
        for (String entry : path.split(host.windows() ? ";" : ":", -1)) {
            String bare = entry.strip().replace("\"", "");
            try {
                Path folder = Path.of(bare);
                if (folder.isAbsolute()) {
                    folders.add(folder);
                }
            } catch (InvalidPathException e) {
                // an entry that can't be a folder holds no program
            }
        }
        return List.copyOf(folders);
    }

    /** A helper program such as npm, or nothing. */
    Optional<Path> program(String name) {
        return pathFolders().stream()
                .map(folder -> folder.resolve(name))
                .filter(PathSearch::runnable)
                .findFirst();
    }

    /** Where the installers put the CLI when they do not put it on the PATH. */
    List<Path> knownFolders() {
        List<Path> folders = new ArrayList<>();
        Path home = host.home();
        folders.add(home.resolve(".claude/local"));
        folders.add(home.resolve(".local/bin"));
        if (host.windows()) {
            host.absolute("APPDATA").ifPresent(data -> folders.add(data.resolve("npm")));
            host.absolute("LOCALAPPDATA").ifPresent(data -> folders.add(data.resolve("Programs/claude")));
            host.absolute("npm_config_prefix").ifPresent(folders::add);
        } else {
            folders.add(host.root().resolve("usr/local/bin"));
            folders.add(host.root().resolve("opt/homebrew/bin"));
            folders.add(host.root().resolve("home/linuxbrew/.linuxbrew/bin"));
            host.absolute("npm_config_prefix").ifPresent(prefix -> folders.add(prefix.resolve("bin")));
            folders.add(home.resolve(".npm-global/bin"));
            folders.add(home.resolve(".bun/bin"));
            folders.add(home.resolve(".volta/bin"));
        }
        return folders;
    }

    /** The first of {@code folders} that has the CLI under {@code name} in a form that can be run. */
    Path cli(String name, List<Path> folders) {
        List<String> lookedIn = new ArrayList<>();
        Optional<Path> unusable = Optional.empty();
        for (Path folder : folders) {
            for (Path candidate : candidates(folder, name)) {
                lookedIn.add(candidate.toString());
                if (runnable(candidate)) {
                    return candidate;
                }
                if (unusable.isEmpty() && Files.isRegularFile(candidate)) {
                    unusable = Optional.of(candidate);
                }
            }
        }
        Optional<Path> script = host.windows() ? script(name, folders) : Optional.empty();
        unusable.or(() -> script).ifPresent(Executables::check);
        throw notFound(name, lookedIn);
    }

    private List<Path> candidates(Path folder, String name) {
        if (!host.windows()) {
            return List.of(folder.resolve(name));
        }
        if (name.contains(".")) {
            return List.of(folder.resolve(name));
        }
        // npm puts a script on the PATH and the native program below it
        return name.equals("claude")
                ? List.of(folder.resolve("claude.exe"), folder.resolve(PACKAGED))
                : List.of(folder.resolve(name + ".exe"));
    }

    private static Optional<Path> script(String name, List<Path> folders) {
        return folders.stream()
                .map(folder -> folder.resolve(name + ".cmd"))
                .filter(Files::exists)
                .findFirst();
    }

    private static boolean runnable(Path file) {
        return Files.isRegularFile(file) && Files.isExecutable(file) && !Executables.isWindowsScript(file.toString());
    }

    private CliNotFoundException notFound(String name, List<String> lookedIn) {
        return new CliNotFoundException(
                "No Claude Code named \"" + name + "\" that can be run in any of " + lookedIn.size()
                        + " places: " + String.join(", ", lookedIn)
                        + ". Install it, or use ClaudeCli.managed(), which installs a version of its own, or"
                        + " ClaudeCli.at(path).",
                lookedIn,
                null);
    }
}
