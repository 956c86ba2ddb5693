package io.github.claudesessions;

import io.github.claudesessions.internal.Check;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the value of an option must be like; each method returns the checked value. */
final class Rules {
    /** Windows takes 32,767 characters for a whole command line, Linux 128 KiB for one argument. */
    static final int MAX_ARGUMENT_CHARS = 30_000;

    static final Duration MAX_DURATION = Duration.ofDays(365);

    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9_.-]+");
    private static final Pattern MCP_TOOL = Pattern.compile("mcp__.+?__.+");
    private static final Pattern PRODUCT = Pattern.compile("[A-Za-z0-9_./@+-]{1,200}");
    private static final Pattern SCHEME = Pattern.compile("\\s*[A-Za-z][A-Za-z0-9+.-]*:");
    private static final Pattern FLAG = Pattern.compile("[a-z0-9][a-z0-9-]*");

    /** The flags that options own, that options will own, or that would make the CLI something else than a session. */
    private static final Set<String> OWNED_FLAGS =
            Set.of(("add-dir agent agents allow-dangerously-skip-permissions allowed-tools"
                            + " append-subagent-system-prompt append-subagent-system-prompt-file"
                            + " append-system-prompt append-system-prompt-file await-claim await-initialize betas"
                            + " bg cloud continue dangerously-skip-permissions debug debug-file disallowed-tools"
                            + " effort exclude-dynamic-system-prompt-sections fallback-model fork-session"
                            + " forward-subagent-text from-pr help include-hook-events include-partial-messages"
                            + " initialize-fields input-format json-schema managed-settings"
                            + " managed-settings-in-initialize max-budget-usd max-thinking-tokens max-turns"
                            + " mcp-config model no-session-persistence output-format permission-mode"
                            + " permission-prompt-tool permission-prompts plan-mode-instructions plugin-dir"
                            + " plugin-dir-no-mcp plugin-url print project-config-root prompt-suggestions"
                            + " remote-control resume resume-drops-turn resume-session-at sdk-url session-id"
                            + " session-mirror setting-sources settings strict-mcp-config system-prompt"
                            + " system-prompt-file system-prompt-snapshot task-budget teleport thinking thinking-display tmux tools"
                            + " verbose version worktree")
                    .split(" "));

    private Rules() {}

    /** A value that goes on the command line: not blank, no control characters, and short enough for any system. */
    static String argument(String name, @Nullable String value) {
        String given = Check.notBlank(name, value);
        Check.that(
                given.chars().noneMatch(Character::isISOControl),
                "%s must not contain control characters, was \"%s\"",
                name,
                given.replaceAll("\\p{Cntrl}", "?"));
        Check.that(
                given.length() <= MAX_ARGUMENT_CHARS,
                "%s must have at most %d characters, had %d",
                name,
                MAX_ARGUMENT_CHARS,
                given.length());
        return given;
    }

    /** A name without anything that could end it in a list. */
    static String word(String name, @Nullable String value) {
        String given = argument(name, value);
        Check.that(
                WORD.matcher(given).matches(), "%s must be of letters, digits, '_', '.', '-', was \"%s\"", name, given);
        return given;
    }

    /** The full name of a tool of an MCP server. */
    static String mcpTool(String name, @Nullable String value) {
        String given = word(name, value);
        Check.that(MCP_TOOL.matcher(given).matches(), "%s must be like mcp__server__tool, was \"%s\"", name, given);
        return given;
    }

    /**
     * A title of a session. The CLI looks for an id, the path of a transcript and a URL first; for it {@code fix: it} is
     * a URL, and it goes on with a conversation that is not there without a word.
     */
    static String title(@Nullable String value) {
        String given = argument("resumeTitle", value);
        Check.that(!Check.isUuid(given), "resumeTitle must not be a UUID (use resume), was \"%s\"", given);
        Check.that(
                !given.toLowerCase(Locale.ROOT).strip().endsWith(".jsonl"),
                "resumeTitle must not be the path of a transcript, was \"%s\"",
                given);
        Check.that(
                !SCHEME.matcher(given).lookingAt(),
                "resumeTitle must not begin like a URL (use resume), was \"%s\"",
                given);
        return given;
    }

    /**
     * A permission rule such as {@code Read} or {@code Bash(git log, --oneline)}. The CLI splits rules at commas and
     * white space outside parentheses, so one that has them would be several.
     */
    static String toolRule(String name, @Nullable String value) {
        String given = argument(name, value);
        int depth = 0;
        for (int i = 0; i < given.length(); i++) {
            char c = given.charAt(i);
            if (c == '(') {
                depth++;
            } else if (c == ')') {
                depth--;
                Check.that(depth >= 0, "%s must have balanced parentheses, was \"%s\"", name, given);
            } else if (depth == 0) {
                Check.that(
                        c != ',' && !Character.isWhitespace(c) && !Character.isSpaceChar(c),
                        "%s must be one rule, without commas or white space outside parentheses, was \"%s\"",
                        name,
                        given);
            }
        }
        Check.that(depth == 0, "%s must have balanced parentheses, was \"%s\"", name, given);
        return given;
    }

    static List<String> toolRules(String name, @Nullable Collection<String> values) {
        return Check.notNull(name + "s", values).stream()
                .map(value -> toolRule(name, value))
                .toList();
    }

    /** An absolute path of the machine's own file system, so that it means the same in a child with another cwd. */
    static Path path(String name, @Nullable Path value) {
        Path given = Check.notNull(name, value);
        Check.that(
                given.getFileSystem().equals(FileSystems.getDefault()),
                "%s must be in the default file system, was \"%s\"",
                name,
                given);
        argument(name, given.toAbsolutePath().toString());
        return given.toAbsolutePath();
    }

    static Duration timeout(String name, @Nullable Duration value) {
        Duration given = Check.positive(name, value);
        Check.that(given.compareTo(MAX_DURATION) <= 0, "%s must be at most %s, was %s", name, MAX_DURATION, given);
        return given;
    }

    static double positive(String name, double value) {
        Check.that(Double.isFinite(value) && value > 0, "%s must be a positive number, was %s", name, value);
        return value;
    }

    /** A name, and perhaps a version, as it is in a {@code User-Agent}. */
    static String product(String name, @Nullable String value) {
        String given = argument(name, value);
        Check.that(
                PRODUCT.matcher(given).matches(),
                "%s must be of letters, digits and '_', '.', '/', '@', '+', '-', was \"%s\"",
                name,
                given);
        return given;
    }

    /** A key that is sent in an HTTP header. The message does not show it. */
    static String key(@Nullable String value) {
        String given = Check.notNull("apiKey", value);
        Check.that(
                !given.isEmpty() && given.chars().allMatch(c -> c > ' ' && c < 0x7f),
                "apiKey must be of visible ASCII characters, was of %d characters",
                given.length());
        return given;
    }

    /** An environment with {@code name} added. Messages do not show values. */
    static Map<String, String> withVariable(Map<String, String> map, @Nullable String name, @Nullable String value) {
        String key = Check.notBlank("env name", name);
        Check.that(
                key.indexOf('=') < 0 && key.indexOf('\0') < 0, "env name must not contain '=' or NUL, was \"%s\"", key);
        String given = Check.notNull("env " + key, value);
        Check.that(given.indexOf('\0') < 0, "env %s must not contain NUL, its value is not shown", key);
        Map<String, String> copy = new LinkedHashMap<>(map);
        copy.put(key, given);
        return Collections.unmodifiableMap(copy);
    }

    /** Extra arguments with one added. Messages do not show values. */
    static Map<String, @Nullable String> withFlag(
            Map<String, @Nullable String> map, @Nullable String flag, @Nullable String value) {
        String key = Check.notNull("extraArgs flag", flag);
        Check.that(
                FLAG.matcher(key).matches(),
                "extraArgs flag must be of [a-z0-9-], without the leading dashes, was \"%s\"",
                key);
        Check.that(!owns(key), "extraArgs flag must not be one that an option or the library sets, was \"%s\"", key);
        if (value != null) {
            Check.that(
                    value.indexOf('\0') < 0 && value.length() <= MAX_ARGUMENT_CHARS,
                    "extraArgs %s must have at most %d characters and no NUL, had %d",
                    key,
                    MAX_ARGUMENT_CHARS,
                    value.length());
        }
        Map<String, @Nullable String> copy = new LinkedHashMap<>(map);
        copy.put(key, value);
        return Collections.unmodifiableMap(copy);
    }

    static boolean owns(String flag) {
        return OWNED_FLAGS.contains(flag);
    }
}
