package io.github.claudesessions;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.claudesessions.cli.ClaudeCli;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The flags of the real CLI: each is used, covered by something else, or left out for a reason. */
@Timeout(60)
class CliFlagsTest {
    private static final Pattern FLAG = Pattern.compile("--([a-zA-Z][a-zA-Z-]*)");
    private static final Pattern ENTRY =
            Pattern.compile("(?m)^ {2}(?:-[a-zA-Z], )?(--[a-zA-Z-]+(?:, --[a-zA-Z-]+)*)(?=[ \\n])");

    /** Flags of the help that this library does not send, because it sends the same by other means. */
    private static final Map<String, String> OTHERWISE = Map.ofEntries(
            Map.entry("agents", "initialize: agents"),
            Map.entry("append-system-prompt", "initialize: appendSystemPrompt"),
            Map.entry("dangerously-skip-permissions", "--permission-mode=bypassPermissions"),
            Map.entry("disallowed-tools", "initialize: disallowedTools"),
            Map.entry("disallowedTools", "initialize: disallowedTools"),
            Map.entry("allowed-tools", "--allowedTools"),
            Map.entry("exclude-dynamic-system-prompt-sections", "initialize: excludeDynamicSections"),
            Map.entry("forward-subagent-text", "initialize: forwardSubagentText"),
            Map.entry("json-schema", "initialize: jsonSchema"),
            Map.entry("mcp-config", "initialize: mcpServers"),
            Map.entry("name", "initialize: title"),
            Map.entry("plugin-dir", "initialize: plugins"),
            Map.entry("prompt-suggestions", "initialize: promptSuggestions"),
            Map.entry("settings", "initialize: settings"),
            Map.entry("system-prompt", "initialize: systemPrompt"),
            Map.entry("system-prompt-snapshot", "initialize: systemPromptSnapshot"));

    /** Flags of the help that this library does not send. They can be set by {@code extraArgs} unless a rule forbids it. */
    private static final Map<String, String> LEFT_OUT = Map.ofEntries(
            Map.entry("autocompact", "a setting does the same"),
            Map.entry("ax-screen-reader", "for a terminal"),
            Map.entry("background", "gives the session to another process"),
            Map.entry("bare", "settingSources and skills choose more finely"),
            Map.entry("bg", "gives the session to another process"),
            Map.entry("brief", "a tool for a person at a terminal"),
            Map.entry("chrome", "for a person with a browser"),
            Map.entry("no-chrome", "for a person with a browser"),
            Map.entry("cloud", "runs elsewhere"),
            Map.entry("desktop", "runs elsewhere"),
            Map.entry("disable-slash-commands", "skills and verbatimPrompts choose more finely"),
            Map.entry("environment", "runs elsewhere"),
            Map.entry("file", "downloads from the vendor's file store"),
            Map.entry("from-pr", "asks a person to choose"),
            Map.entry("help", "not a session"),
            Map.entry("ide", "for a person with an editor"),
            Map.entry("plugin-url", "downloads code; plugins takes what is on disk"),
            Map.entry("print", "implied by stream-json"),
            Map.entry("remote-control", "an interactive session"),
            Map.entry("remote-control-session-name-prefix", "an interactive session"),
            Map.entry("replay-user-messages", "command_lifecycle says more"),
            Map.entry("restricted", "tools, settingSources and permissionMode choose more finely"),
            Map.entry("safe-mode", "for a person who looks for a fault"),
            Map.entry("teleport", "runs elsewhere"),
            Map.entry("tmux", "for a terminal"),
            Map.entry("version", "not a session"),
            Map.entry("worktree", "the host chooses the working directory"));

    /**
     * Flags that this library sends and the help does not show. That the CLI knows one is shown by what it says to
     * {@code --flag} (a value is missing) or {@code --flag=x} (a value is refused); to a flag that does not exist it says
     * that the option is unknown.
     */
    private static final Set<String> HIDDEN = Set.of(
            "await-initialize",
            "initialize-fields",
            "managed-settings-in-initialize",
            "max-thinking-tokens",
            "max-turns",
            "permission-prompt-tool",
            "project-config-root",
            "resume-drops-turn",
            "resume-session-at",
            "task-budget",
            "thinking",
            "thinking-display");

    @TempDir
    private Path folder;

    @Test
    void everyFlagOfTheHelpIsAccountedFor() throws Exception {
        Set<String> help = helpFlags();
        assertThat(help).contains("model", "allowedTools", "resume", "continue").hasSizeGreaterThan(60);

        Set<String> unaccounted = new TreeSet<>(help);
        unaccounted.removeAll(sent());
        unaccounted.removeAll(OTHERWISE.keySet());
        unaccounted.removeAll(LEFT_OUT.keySet());
        assertThat(unaccounted)
                .as("flags of this CLI that no option maps; map them or add them to a list here with the reason")
                .isEmpty();
    }

    @Test
    void theListsHoldNothingThatIsGone() throws Exception {
        Set<String> listed = new TreeSet<>(OTHERWISE.keySet());
        listed.addAll(LEFT_OUT.keySet());
        listed.removeAll(helpFlags());
        assertThat(listed).isEmpty();
        assertThat(sent())
                .doesNotContainAnyElementsOf(LEFT_OUT.keySet())
                .doesNotContainAnyElementsOf(OTHERWISE.keySet());
    }

    @Test
    void everyFlagThatIsSentExists() throws Exception {
        Set<String> help = helpFlags();
        Set<String> hidden = new TreeSet<>(sent());
        hidden.removeAll(help);
        assertThat(hidden).containsExactlyInAnyOrderElementsOf(HIDDEN);

        assertThat(say("--no-such-flag")).contains("unknown option '--no-such-flag'");
        Map<String, String> unknown = new TreeMap<>();
        for (String flag : hidden) {
            // --help would be looked at first, so a flag that can't be is put behind the one in question
            String said = say("--" + flag, "--no-such-flag=" + flag);
            if (said.contains("unknown option '--" + flag)) {
                unknown.put(flag, said);
            }
        }
        assertThat(unknown).isEmpty();
    }

    /** All flags that some option sends. */
    private static Set<String> sent() {
        Stream<UnaryOperator<ClaudeOptions.Builder>> more = Stream.of(
                b -> b.thinking(Thinking.adaptive()),
                b -> b.debug(true),
                b -> b.systemPrompt(SystemPrompt.claudeCode().withoutDynamicSections()));
        Set<String> flags = new HashSet<>();
        Stream.concat(Options.SAMPLES.values().stream(), more)
                .map(sample -> sample.apply(ClaudeOptions.builder())
                        .extraArgs(Map.of())
                        .build())
                .map(options -> CommandLine.of(options, Options.NEW_ID, Options.HOST))
                .flatMap(line -> line.launch().arguments().stream())
                .filter(argument -> argument.startsWith("--"))
                .forEach(argument -> flags.add(argument.substring(2).replaceAll("=.*", "")));
        return flags;
    }

    private Set<String> helpFlags() throws IOException, InterruptedException {
        String help = say("--help");
        String options = help.substring(help.indexOf("\nOptions:"), help.indexOf("\nCommands:"));
        Set<String> flags = new TreeSet<>();
        ENTRY.matcher(options).results().map(MatchResult::group).forEach(entry -> {
            Matcher names = FLAG.matcher(entry);
            while (names.find()) {
                flags.add(names.group(1));
            }
        });
        return flags;
    }

    private String say(String... arguments) throws IOException, InterruptedException {
        List<String> argv =
                new ArrayList<>(List.of(ClaudeCli.managed().resolve().toString()));
        argv.addAll(Arrays.asList(arguments));
        Path out = folder.resolve("out.txt");
        ProcessBuilder builder = new ProcessBuilder(argv)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectInput(Files.writeString(folder.resolve("in.txt"), "").toFile())
                .redirectOutput(out.toFile());
        builder.environment().put("HOME", folder.toString());
        builder.environment().put("CLAUDE_CONFIG_DIR", folder.resolve("config").toString());
        builder.environment().put("TMPDIR", folder.toString());
        builder.environment().put("DISABLE_AUTOUPDATER", "1");
        builder.environment().put("CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC", "1");
        Process process = builder.start();
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
        return Files.readString(out, UTF_8);
    }
}
