package io.github.claudesessions;

import io.github.claudesessions.cli.ClaudeCli;
import io.github.claudesessions.internal.Check;
import io.github.claudesessions.spi.TransportFactory;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The process: which binary, where, with what environment, and how much of its output is read. */
abstract sealed class ProcessSetters<B> extends ConversationSetters<B> permits LimitSetters {
    private static final int MIN_LINE_BYTES = 64 << 10;

    ProcessSetters(Map<Option<?>, Object> values) {
        super(values);
    }

    /** The working directory. Default: that of this JVM. It must exist when the session opens. */
    public B cwd(Path cwd) {
        return set(Option.CWD, Rules.path("cwd", cwd));
    }

    /** Folders besides the working directory that tools may use. Default: none. Replaces what was set. */
    public B addDirs(Collection<Path> dirs) {
        return set(
                Option.ADD_DIRS,
                Check.notNull("addDirs", dirs).stream()
                        .map(dir -> Rules.path("addDir", dir))
                        .toList());
    }

    /** As {@link #addDirs(Collection)}. */
    public B addDirs(Path... dirs) {
        return addDirs(Arrays.asList(Check.notNull("addDirs", dirs)));
    }

    /** One more folder that tools may use. */
    public B addDir(Path dir) {
        return add(Option.ADD_DIRS, Rules.path("addDir", dir));
    }

    /**
     * Variables that the CLI gets in addition to what {@link #inheritEnv} lets through. They win over that, over what the
     * library sets, and over the variables in the files of the {@code settingSources}. Default: none. Replaces what was set; {@code toString} shows the names only.
     */
    public B env(Map<String, String> env) {
        Map<String, String> checked = Map.of();
        for (Map.Entry<String, String> variable : Check.notNull("env", env).entrySet()) {
            checked = Rules.withVariable(checked, variable.getKey(), variable.getValue());
        }
        return set(Option.ENV, checked);
    }

    /** One more variable. */
    public B env(String name, String value) {
        Map<String, String> now = get(Option.ENV);
        return set(Option.ENV, Rules.withVariable(now == null ? Map.of() : now, name, value));
    }

    /** Which variables of this JVM the CLI inherits. Default: {@link InheritEnv#standard}. */
    public B inheritEnv(InheritEnv policy) {
        return set(Option.INHERIT_ENV, Check.notNull("inheritEnv", policy));
    }

    /**
     * The key for the API. It goes to the CLI as {@code ANTHROPIC_API_KEY}, and inherited tokens that the CLI would send
     * along with it ({@code ANTHROPIC_AUTH_TOKEN}, {@code CLAUDE_CODE_OAUTH_TOKEN}) are left out. Default: what the CLI
     * finds: its environment, then its own login. It is never on the command line, in a log, or in {@code toString}.
     */
    public B apiKey(String key) {
        return set(Option.API_KEY, Rules.key(key));
    }

    /**
     * Flags of the CLI that no option covers: the name without its dashes, and the value, or null for a flag without one.
     * A value becomes part of {@code --name=value} and so can't be another flag; it can be seen in the process list, so
     * it must not be a secret. Default: none. Replaces what was set.
     *
     * @throws IllegalArgumentException if a flag is one that an option or the library sets
     */
    public B extraArgs(Map<String, @Nullable String> args) {
        Map<String, @Nullable String> checked = Map.of();
        for (Map.Entry<String, @Nullable String> arg :
                Check.notNull("extraArgs", args).entrySet()) {
            checked = Rules.withFlag(checked, arg.getKey(), arg.getValue());
        }
        return set(Option.EXTRA_ARGS, checked);
    }

    /** One more flag of the CLI; see {@link #extraArgs}. */
    public B extraArg(String name, @Nullable String value) {
        Map<String, @Nullable String> now = get(Option.EXTRA_ARGS);
        return set(Option.EXTRA_ARGS, Rules.withFlag(now == null ? Map.of() : now, name, value));
    }

    /** Which Claude Code binary runs. Default: {@link ClaudeCli#managed()}. Not used if there is a {@link #transport}. */
    public B cli(ClaudeCli cli) {
        return set(Option.CLI, Check.notNull("cli", cli));
    }

    /** What starts the CLI instead of this machine: in a container, on another computer, or a fake. Default: none. */
    public B transport(TransportFactory transport) {
        return set(Option.TRANSPORT, Check.notNull("transport", transport));
    }

    /** Gets each line that the CLI writes on stderr, on a thread of the library. Default: none. */
    public B stderr(Consumer<String> lines) {
        return set(Option.STDERR, Check.notNull("stderr", lines));
    }

    /**
     * The longest line of the CLI that is read, in bytes, at least 65,536. Default: 64 MiB. A longer one is skipped and
     * reported; the session goes on.
     */
    public B maxLineBytes(int bytes) {
        return set(Option.MAX_LINE_BYTES, Check.atLeast("maxLineBytes", MIN_LINE_BYTES, bytes));
    }

    /**
     * How much of a turn may wait for its reader, in bytes, at least 1. Default: 8 MiB. A single message may be larger.
     * Beyond it the library reads no further until the reader or listener reads on, so that the CLI waits too. What the
     * CLI asks for behind that data, such as permissions, hooks and tools, is not answered before. The session's own
     * control requests are: while one of them waits for its answer, the library reads on.
     */
    public B maxBufferedBytes(int bytes) {
        return set(Option.MAX_BUFFERED_BYTES, Check.atLeast("maxBufferedBytes", 1, bytes));
    }
}
