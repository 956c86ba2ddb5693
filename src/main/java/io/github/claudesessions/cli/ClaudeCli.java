package io.github.claudesessions.cli;

import io.github.claudesessions.error.CliInstallException;
import io.github.claudesessions.internal.Check;
import io.github.claudesessions.internal.process.Executables;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Says which Claude Code binary runs. Creating one looks at nothing; the file system, the environment and the user's
 * home are looked at by the methods, each time. Immutable and safe for use by several threads; two that say the same
 * are equal.
 *
 * {@snippet file="io/github/claudesessions/cli/PinnedCliTest.java" region="install"}
 */
public final class ClaudeCli {
    /** The version that this library is built for and tested with, which {@link #managed()} installs. */
    public static final String PINNED_VERSION = "2.1.330";

    private enum Kind {
        MANAGED,
        SYSTEM,
        NAME,
        FILE
    }

    private final Kind kind;
    private final @Nullable Path path;
    private final String name;

    private ClaudeCli(Kind kind, @Nullable Path path, String name) {
        this.kind = kind;
        this.path = path;
        this.name = name;
    }

    /**
     * The {@linkplain #PINNED_VERSION pinned version}, installed on first use, in the folder that the environment
     * variable {@code CLAUDE_SESSIONS_CLI_DIR} names or else below the user's cache folder. The default of all options.
     */
    public static ClaudeCli managed() {
        return new ClaudeCli(Kind.MANAGED, null, "claude");
    }

    /**
     * The pinned version, installed on first use below {@code dir}.
     *
     * @param dir a folder for all versions; created when needed, also its parents
     */
    public static ClaudeCli managed(Path dir) {
        return new ClaudeCli(Kind.MANAGED, Check.notNull("dir", dir).toAbsolutePath(), "claude");
    }

    /**
     * What the machine has: {@code claude} on the PATH, then where its installers put it ({@code ~/.claude/local},
     * {@code ~/.local/bin}, {@code /usr/local/bin}, Homebrew's and npm's folders, and their like on Windows). Relative
     * entries of the PATH are left out.
     */
    public static ClaudeCli system() {
        return new ClaudeCli(Kind.SYSTEM, null, "claude");
    }

    /**
     * The given file.
     *
     * @param file a relative one is taken from the working directory of this JVM
     * @throws io.github.claudesessions.error.CliNotExecutableException if it is a Windows script ({@code .cmd},
     *     {@code .bat}), on any system
     */
    public static ClaudeCli at(Path file) {
        Executables.refuseScript(Check.notNull("file", file).toString());
        return new ClaudeCli(Kind.FILE, file.toAbsolutePath(), "claude");
    }

    /**
     * The given file, or, for a name without a separator, the first one of that name on the PATH.
     *
     * @throws io.github.claudesessions.error.CliNotExecutableException if it is a Windows script ({@code .cmd},
     *     {@code .bat}), also with a stream suffix such as {@code claude.cmd:stream}, on any system
     * @throws java.nio.file.InvalidPathException if it can't be a path
     */
    public static ClaudeCli at(String file) {
        Check.notBlank("file", file);
        Executables.refuseScript(file);
        Path path = Path.of(file);
        boolean bare = !path.isAbsolute()
                && path.getNameCount() == 1
                && file.equals(path.toString())
                && !file.equals(".")
                && !file.equals("..");
        return bare ? new ClaudeCli(Kind.NAME, null, file) : at(path);
    }

    /**
     * The executable, absolute and found fit to be run here. {@link #managed()} installs it if it is not there, which
     * takes as long as a download of 380 MB; otherwise this reads a few kilobytes and starts no process.
     *
     * @throws io.github.claudesessions.error.CliNotFoundException if there is none; it lists where it looked
     * @throws io.github.claudesessions.error.CliNotExecutableException if there is one that can't be run; it says why
     * @throws CliInstallException if it could not be installed; it says what was tried
     * @throws io.github.claudesessions.error.SessionInterruptedException if the thread was interrupted while installing
     */
    public Path resolve() {
        return install(Progress.none());
    }

    /** As {@link #resolve()}; the name for a program that wants the installation done early. */
    public Path install() {
        return install(Progress.none());
    }

    /**
     * As {@link #resolve()}, with reports about the installation. Where nothing is to be installed it returns at once
     * and reports nothing. Of many threads and processes that call this at the same time one installs and the others
     * wait for it. A killed installation is gone on with by the next one. Only a file with the size and SHA-256 that
     * this library knows is ever put in place.
     *
     * @param progress is called on this thread
     * @return the executable
     */
    public Path install(Progress progress) {
        Check.notNull("progress", progress);
        Host host = Host.current();
        return Executables.check(
                switch (kind) {
                    case MANAGED -> managed(host).install(progress);
                    case SYSTEM -> {
                        PathSearch search = new PathSearch(host);
                        yield search.cli(
                                name,
                                Stream.concat(search.pathFolders().stream(), search.knownFolders().stream())
                                        .distinct()
                                        .toList());
                    }
                    case NAME -> {
                        PathSearch search = new PathSearch(host);
                        yield search.cli(name, search.pathFolders());
                    }
                    case FILE -> Objects.requireNonNull(path);
                });
    }

    /**
     * As {@link #resolve()}, but installs nothing: empty if this is a managed one that is not there yet.
     *
     * @throws io.github.claudesessions.error.CliNotFoundException if there is none; it lists where it looked
     * @throws io.github.claudesessions.error.CliNotExecutableException if there is one that can't be run; it says why
     */
    public Optional<Path> installed() {
        return kind == Kind.MANAGED
                ? managed(Host.current()).installed().map(Executables::check)
                : Optional.of(resolve());
    }

    /** Where a managed one is installed, with its other versions; empty for any other. */
    public Optional<Path> folder() {
        return kind == Kind.MANAGED
                ? Optional.of(path != null ? path : ManagedSettings.folder(Host.current()))
                : Optional.empty();
    }

    /** The name of the build that fits this machine, such as {@code linux-x64} or {@code linux-arm64-musl}. */
    public static String platform() {
        return Platform.of(Host.current());
    }

    /**
     * The version that the binary says it has, such as {@code 2.1.330}. The first call for a file runs it, for at most
     * 10 seconds; the answer is kept until the file changes. No session calls this.
     *
     * @throws io.github.claudesessions.error.TimeLimitException if it does not answer
     * @throws io.github.claudesessions.error.ProcessExitedException if it fails or gives no version
     */
    public String version() {
        return new VersionProbe(VersionProbe.LIMIT).version(resolve());
    }

    private ManagedInstall managed(Host host) {
        Path base = path != null ? path : ManagedSettings.folder(host);
        String platform = Platform.of(host);
        return new ManagedInstall(base, Release.PINNED, platform, ManagedSettings.sources(host, platform));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ClaudeCli that
                && kind == that.kind
                && Objects.equals(path, that.path)
                && name.equals(that.name);
    }

    @Override
    public int hashCode() {
        return Objects.hash(kind, path, name);
    }

    /** Which binary this is, for people. */
    @Override
    public String toString() {
        return switch (kind) {
            case MANAGED -> "managed " + PINNED_VERSION + (path == null ? "" : " in " + path);
            case SYSTEM -> "system";
            case NAME -> name + " on the PATH";
            case FILE -> String.valueOf(path);
        };
    }
}
