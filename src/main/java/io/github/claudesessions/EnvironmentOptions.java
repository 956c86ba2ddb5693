package io.github.claudesessions;

import io.github.claudesessions.cli.ClaudeCli;
import io.github.claudesessions.internal.Check;
import io.github.claudesessions.message.PermissionMode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Reads options from environment variables; {@link ClaudeOptions#fromEnvironment()} documents them. */
final class EnvironmentOptions {
    static final String PREFIX = "CLAUDE_SESSIONS_";

    private static final Map<String, BiConsumer<ClaudeOptions.Builder, String>> VARIABLES = Map.ofEntries(
            Map.entry("MODEL", ClaudeOptions.Builder::model),
            Map.entry("FALLBACK_MODEL", ClaudeOptions.Builder::fallbackModel),
            Map.entry("EFFORT", (options, value) -> options.effort(new Effort(value))),
            Map.entry("PERMISSION_MODE", (options, value) -> options.permissionMode(new PermissionMode(value))),
            Map.entry("SYSTEM_PROMPT", (options, value) -> options.systemPrompt(value)),
            Map.entry("APPEND_SYSTEM_PROMPT", ClaudeOptions.Builder::appendSystemPrompt),
            Map.entry("TOOLS", (options, value) -> options.tools(split(value))),
            Map.entry("ALLOWED_TOOLS", (options, value) -> options.allowedTools(split(value))),
            Map.entry("DISALLOWED_TOOLS", (options, value) -> options.disallowedTools(split(value))),
            Map.entry(
                    "SETTING_SOURCES",
                    (options, value) -> options.settingSources(
                            split(value).stream().map(SettingSource::new).toList())),
            Map.entry("MAX_TURNS", (options, value) -> options.maxTurns(wholeNumber(value))),
            Map.entry("MAX_RETRIES", (options, value) -> options.maxRetries(wholeNumber(value))),
            Map.entry("MAX_BUDGET_USD", (options, value) -> options.maxBudgetUsd(number(value))),
            Map.entry("CWD", (options, value) -> options.cwd(Path.of(value))),
            Map.entry("SETTINGS", (options, value) -> options.settings(Path.of(value))),
            Map.entry("DEBUG_FILE", (options, value) -> options.debugFile(Path.of(value))),
            Map.entry("CLIENT_APP", ClaudeOptions.Builder::clientApp),
            Map.entry("CLI", (options, value) -> options.cli(cli(value))),
            Map.entry("PERSIST_SESSION", (options, value) -> options.persistSession(truth(value))),
            Map.entry("MESSAGE_TIMEOUT", (options, value) -> options.messageTimeout(duration(value))),
            Map.entry("FIRST_BYTE_TIMEOUT", (options, value) -> options.firstByteTimeout(duration(value))),
            Map.entry("TOOL_SILENCE_TIMEOUT", (options, value) -> options.toolSilenceTimeout(duration(value))),
            Map.entry("SESSION_TIMEOUT", (options, value) -> options.sessionTimeout(duration(value))),
            Map.entry("INTERRUPT_TIMEOUT", (options, value) -> options.interruptTimeout(duration(value))),
            Map.entry("TURN_TIMEOUT", (options, value) -> options.turnTimeout(duration(value))),
            Map.entry("CONTROL_TIMEOUT", (options, value) -> options.controlTimeout(duration(value))),
            Map.entry("INITIALIZE_TIMEOUT", (options, value) -> options.initializeTimeout(duration(value))));

    private EnvironmentOptions() {}

    static ClaudeOptions read(Map<String, String> environment) {
        ClaudeOptions.Builder options = ClaudeOptions.builder();
        // in reverse, so that SYSTEM_PROMPT comes before APPEND_SYSTEM_PROMPT, which refuses to discard it
        VARIABLES.keySet().stream()
                .sorted(Comparator.reverseOrder())
                .forEach(name -> apply(options, name, environment.get(PREFIX + name)));
        try {
            return options.build();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("the variables " + PREFIX + "*: " + e.getMessage(), e);
        }
    }

    private static void apply(ClaudeOptions.Builder options, String name, @Nullable String value) {
        BiConsumer<ClaudeOptions.Builder, String> setter = VARIABLES.get(name);
        if (setter == null || value == null || value.isEmpty()) {
            return;
        }
        try {
            setter.accept(options, value);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(PREFIX + name + ": " + e.getMessage(), e);
        }
    }

    /** Splits at commas outside parentheses, which are part of a rule. */
    private static List<String> split(String value) {
        List<String> parts = new ArrayList<>();
        int depth = 0;
        int start = 0;
        for (int i = 0; i <= value.length(); i++) {
            char c = i == value.length() ? ',' : value.charAt(i);
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            if (i == value.length() || (c == ',' && depth == 0)) {
                parts.add(value.substring(start, i).strip());
                start = i + 1;
            }
        }
        return parts;
    }

    private static ClaudeCli cli(String value) {
        return switch (value) {
            case "managed" -> ClaudeCli.managed();
            case "system" -> ClaudeCli.system();
            default -> ClaudeCli.at(Path.of(value));
        };
    }

    private static int wholeNumber(String value) {
        try {
            return Integer.parseInt(value.strip());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("must be a whole number, was \"" + value + "\"", e);
        }
    }

    private static double number(String value) {
        try {
            return Double.parseDouble(value.strip());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("must be a number, was \"" + value + "\"", e);
        }
    }

    private static boolean truth(String value) {
        Check.that(value.equals("true") || value.equals("false"), "must be true or false, was \"%s\"", value);
        return value.equals("true");
    }

    private static Duration duration(String value) {
        String given = value.strip();
        try {
            return Character.isDigit(given.charAt(given.length() - 1))
                    ? Duration.parse("PT" + given + "S")
                    : Duration.parse(given);
        } catch (DateTimeParseException | StringIndexOutOfBoundsException e) {
            throw new IllegalArgumentException(
                    "must be seconds or an ISO-8601 duration such as PT1M30S, was \"" + value + "\"", e);
        }
    }
}
