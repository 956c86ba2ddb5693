package io.github.claudesessions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.claudesessions.cli.ClaudeCli;
import io.github.claudesessions.message.PermissionMode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(30)
class EnvironmentOptionsTest {
    private static ClaudeOptions from(String... namesAndValues) {
        Map<String, String> environment = new HashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            environment.put("CLAUDE_SESSIONS_" + namesAndValues[i], namesAndValues[i + 1]);
        }
        return ClaudeOptions.fromEnvironment(environment);
    }

    @Test
    void everyVariableSetsItsOption() {
        assertThat(from(
                        "MODEL", "opus",
                        "FALLBACK_MODEL", "sonnet",
                        "EFFORT", "high",
                        "PERMISSION_MODE", "plan",
                        "SYSTEM_PROMPT", "be brief",
                        "TOOLS", "Read, Bash",
                        "ALLOWED_TOOLS", "Read,Bash(git log, --oneline)",
                        "DISALLOWED_TOOLS", "WebFetch",
                        "SETTING_SOURCES", "user,project",
                        "MAX_TURNS", "4",
                        "MAX_RETRIES", "0",
                        "MAX_BUDGET_USD", "1.5",
                        "CWD", "work",
                        "CLI", "system",
                        "PERSIST_SESSION", "false",
                        "MESSAGE_TIMEOUT", "1.5",
                        "FIRST_BYTE_TIMEOUT", "2",
                        "TOOL_SILENCE_TIMEOUT", "PT5M",
                        "SESSION_TIMEOUT", "PT8H",
                        "INTERRUPT_TIMEOUT", "3",
                        "TURN_TIMEOUT", "PT1M30S",
                        "CONTROL_TIMEOUT", "5",
                        "INITIALIZE_TIMEOUT", "6"))
                .isEqualTo(ClaudeOptions.builder()
                        .model("opus")
                        .fallbackModel("sonnet")
                        .effort(Effort.HIGH)
                        .permissionMode(PermissionMode.PLAN)
                        .systemPrompt("be brief")
                        .tools("Read", "Bash")
                        .allowedTools("Read", "Bash(git log, --oneline)")
                        .disallowedTools("WebFetch")
                        .settingSources(SettingSource.USER, SettingSource.PROJECT)
                        .maxTurns(4)
                        .maxRetries(0)
                        .maxBudgetUsd(1.5)
                        .cwd(Path.of("work"))
                        .cli(ClaudeCli.system())
                        .persistSession(false)
                        .messageTimeout(Duration.ofMillis(1500))
                        .firstByteTimeout(Duration.ofSeconds(2))
                        .toolSilenceTimeout(Duration.ofMinutes(5))
                        .sessionTimeout(Duration.ofHours(8))
                        .interruptTimeout(Duration.ofSeconds(3))
                        .turnTimeout(Duration.ofSeconds(90))
                        .controlTimeout(Duration.ofSeconds(5))
                        .initializeTimeout(Duration.ofSeconds(6))
                        .build());
        assertThat(from("APPEND_SYSTEM_PROMPT", "more").systemPrompt())
                .contains(SystemPrompt.claudeCode().append("more"));
    }

    @Test
    void aBinaryIsNamedByAWordOrItsPath() {
        assertThat(from("CLI", "managed").cli()).isEqualTo(ClaudeCli.managed());
        assertThat(from("CLI", "/opt/claude").cli()).isEqualTo(ClaudeCli.at(Path.of("/opt/claude")));
    }

    @Test
    void whatIsMissingOrEmptyOrOfAnotherPartIsNoOption() {
        assertThat(from()).isEqualTo(ClaudeOptions.defaults());
        assertThat(from("MODEL", "", "SOMETHING_ELSE", "x")).isEqualTo(ClaudeOptions.defaults());
    }

    @Test
    void thisEnvironmentCanBeRead() {
        assertThat(ClaudeOptions.fromEnvironment()).isEqualTo(ClaudeOptions.fromEnvironment(System.getenv()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "MAX_TURNS | x | must be a whole number, was \"x\"",
                "MAX_TURNS | 0 | maxTurns must be at least 1, was 0",
                "MAX_BUDGET_USD | much | must be a number, was \"much\"",
                "MAX_BUDGET_USD | -1 | maxBudgetUsd must be a positive number, was -1.0",
                "TURN_TIMEOUT | 5 minutes | must be seconds or an ISO-8601 duration such as PT1M30S, was \"5 minutes\"",
                "TURN_TIMEOUT | -5 | turnTimeout must be positive, was PT-5S",
                "TURN_TIMEOUT | ' ' | must be seconds or an ISO-8601 duration such as PT1M30S, was \" \"",
                "PERSIST_SESSION | yes | must be true or false, was \"yes\"",
                "TOOLS | 'Read,' | tool must not be blank, was \"\"",
                "ALLOWED_TOOLS | 'Bash(' | allowedTool must have balanced parentheses, was \"Bash(\"",
                "MODEL | ' ' | model must not be blank, was \" \"",
            })
    void aBadValueNamesTheVariableTheRuleAndTheValue(String variable, String value, String message) {
        assertThatThrownBy(() -> from(variable, value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("CLAUDE_SESSIONS_" + variable + ": " + message);
    }

    @Test
    void variablesThatContradictEachOtherAreRefused() {
        assertThatThrownBy(() -> from("MODEL", "m", "FALLBACK_MODEL", "m"))
                .hasMessage(
                        "the variables CLAUDE_SESSIONS_*: fallbackModel must not name the model itself, both were \"m\"");
        assertThatThrownBy(() -> from("SYSTEM_PROMPT", "a", "APPEND_SYSTEM_PROMPT", "b"))
                .hasMessageStartingWith("CLAUDE_SESSIONS_APPEND_SYSTEM_PROMPT: appendSystemPrompt must not");
    }
}
