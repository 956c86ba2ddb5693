package io.github.claudesessions;

import io.github.claudesessions.internal.Check;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which variables of this JVM's environment the CLI inherits. What {@link ClaudeOptions.Builder#env} sets is added
 * afterwards and wins, whatever the policy. {@code TMPDIR}, {@code TMP} and {@code TEMP} are inherited only if
 * {@link #only} names them, because each session has a private folder for temporary files.
 */
public final class InheritEnv {
    private enum Mode {
        STANDARD,
        ALL,
        NONE,
        MINIMAL,
        ONLY,
        EXCEPT
    }

    /** Each session has its own. */
    private static final Set<String> TEMPORARY = Set.of("TMPDIR", "TMP", "TEMP");

    /**
     * What a Claude Code session sets for its own children, what would attach a debugger to the CLI or make it print
     * where the protocol is, and what changes how it starts.
     */
    private static final Set<String> NOT_FOR_CHILDREN = Set.of(
            "AI_AGENT",
            "BUN_INSPECT",
            "BUN_INSPECT_CONNECT_TO",
            "BUN_INSPECT_NOTIFY",
            "BUN_INSPECT_PRELOAD",
            "BUN_OPTIONS",
            "CLAUDECODE",
            "CLAUDE_AGENT_SDK_CLIENT_APP",
            "CLAUDE_AGENT_SDK_VERSION",
            "CLAUDE_CODE_CHILD_SESSION",
            "CLAUDE_CODE_ENTRYPOINT",
            "CLAUDE_CODE_QUESTION_EXTENDED",
            "CLAUDE_CODE_QUESTION_OPTIONAL_DESCRIPTIONS",
            "CLAUDE_CODE_REMOTE_SESSION_ID",
            "CLAUDE_CODE_RESUME_INTERRUPTED_TURN",
            "CLAUDE_CODE_SDK_READS_STARTUP_MARKS",
            "CLAUDE_CODE_SESSION_ATTENDED",
            "CLAUDE_CODE_SESSION_ID",
            "CLAUDE_PID",
            "DEBUG",
            "DEBUG_CLAUDE_AGENT_SDK",
            "NODE_CHANNEL_FD",
            "NODE_DEBUG",
            "NODE_DEBUG_NATIVE",
            "NODE_INSPECT_RESUME_ON_START",
            "NODE_OPTIONS",
            "NODE_V8_COVERAGE",
            "VSCODE_INSPECTOR_OPTIONS");

    private static final InheritEnv STANDARD = new InheritEnv(Mode.STANDARD, Set.of());
    private static final InheritEnv ALL = new InheritEnv(Mode.ALL, Set.of());
    private static final InheritEnv NONE = new InheritEnv(Mode.NONE, Set.of());
    private static final InheritEnv MINIMAL = new InheritEnv(Mode.MINIMAL, Set.of());

    /** Where programs are, and how text is written; on Windows also what no program starts without. */
    private static final Set<String> FEW =
            Set.of("PATH", "LANG", "LANGUAGE", "TZ", "SystemRoot", "SystemDrive", "windir", "ComSpec", "PATHEXT");

    private final Mode mode;
    private final Set<String> names;

    private InheritEnv(Mode mode, Set<String> names) {
        this.mode = mode;
        this.names = names;
    }

    /**
     * The default: everything except what belongs to another Claude Code session ({@code CLAUDECODE},
     * {@code CLAUDE_CODE_ENTRYPOINT}, {@code CLAUDE_CODE_RESUME_INTERRUPTED_TURN} and others) and what debugs a runtime
     * ({@code NODE_OPTIONS}, {@code VSCODE_INSPECTOR_OPTIONS}, {@code BUN_INSPECT}, {@code DEBUG} and others).
     */
    public static InheritEnv standard() {
        return STANDARD;
    }

    /** Everything, also what {@link #standard} leaves out. */
    public static InheritEnv all() {
        return ALL;
    }

    /**
     * Nothing, not even {@code PATH} and {@code HOME}: without them in {@link ClaudeOptions.Builder#env} the CLI finds
     * neither programs nor its own folder. On Windows the system itself still adds {@code SystemRoot}.
     */
    public static InheritEnv none() {
        return NONE;
    }

    /**
     * Only {@code PATH}, the locale ({@code LANG}, {@code LANGUAGE}, {@code LC_*}) and {@code TZ}; on Windows also
     * {@code SystemRoot} and its like. No {@code HOME}, no proxy: they go into {@link ClaudeOptions.Builder#env}.
     */
    public static InheritEnv minimal() {
        return MINIMAL;
    }

    /** Nothing but these variables. On Windows the case of names does not matter. */
    public static InheritEnv only(String... names) {
        return new InheritEnv(Mode.ONLY, checked(names));
    }

    /** As {@link #standard}, without these variables either. On Windows the case of names does not matter. */
    public static InheritEnv except(String... names) {
        return new InheritEnv(Mode.EXCEPT, checked(names));
    }

    private static Set<String> checked(String... names) {
        Set<String> set = new TreeSet<>();
        for (String name : Check.notNull("inheritEnv names", names)) {
            set.add(Check.notBlank("inheritEnv name", name));
        }
        return Collections.unmodifiableSet(set);
    }

    /** Whether nothing is inherited that is not named. */
    boolean isClosed() {
        return mode == Mode.NONE || mode == Mode.MINIMAL || mode == Mode.ONLY;
    }

    /** Whether it asks for this variable by its name. */
    boolean names(String variable) {
        return mode == Mode.ONLY && names.contains(variable);
    }

    /** Removes from {@code environment} what is not inherited. */
    void applyTo(Map<String, String> environment, boolean ignoreCase) {
        environment.keySet().removeIf(name -> !inherits(name, ignoreCase));
    }

    private boolean inherits(String name, boolean ignoreCase) {
        return switch (mode) {
            case NONE -> false;
            case MINIMAL -> has(FEW, name, ignoreCase) || name.startsWith("LC_");
            case ONLY -> has(names, name, ignoreCase);
            case ALL -> !has(TEMPORARY, name, ignoreCase);
            case STANDARD, EXCEPT ->
                !has(TEMPORARY, name, ignoreCase)
                        && !has(NOT_FOR_CHILDREN, name, ignoreCase)
                        && !has(names, name, ignoreCase);
        };
    }

    private static boolean has(Set<String> names, String name, boolean ignoreCase) {
        return ignoreCase ? names.stream().anyMatch(name::equalsIgnoreCase) : names.contains(name);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof InheritEnv that && mode == that.mode && names.equals(that.names);
    }

    @Override
    public int hashCode() {
        return Objects.hash(mode, names);
    }

    /** The policy and the names that it was made with. */
    @Override
    public String toString() {
        return mode.name().toLowerCase(Locale.ROOT) + (names.isEmpty() ? "" : names.toString());
    }
}
