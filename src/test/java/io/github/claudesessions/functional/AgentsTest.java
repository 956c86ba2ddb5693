package io.github.claudesessions.functional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.claudesessions.AgentDefinition;
import io.github.claudesessions.AgentMemory;
import io.github.claudesessions.Claude;
import io.github.claudesessions.ClaudeOptions;
import io.github.claudesessions.ClaudeSession;
import io.github.claudesessions.Effort;
import io.github.claudesessions.SettingSource;
import io.github.claudesessions.error.SessionStartException;
import io.github.claudesessions.message.AssistantMessage;
import io.github.claudesessions.message.Message;
import io.github.claudesessions.message.PermissionMode;
import io.github.claudesessions.message.ResultMessage;
import io.github.claudesessions.testing.ApiRequest;
import io.github.claudesessions.testing.Reply;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Agents that the host defines, on the real CLI. */
@Timeout(60)
class AgentsTest extends OnRealCli {
    private static final AgentDefinition REVIEWER = AgentDefinition.builder("reviews", "You review with care 7788.")
            .tools("Read")
            .model("inherit")
            .maxTurns(3)
            .background(false)
            .memory(AgentMemory.PROJECT)
            .effort(Effort.HIGH)
            .permissionMode(PermissionMode.PLAN)
            .omitClaudeMd(true)
            .autoCompactWindow(100_000)
            .build();

    private final ClaudeOptions options =
            ClaudeOptions.builder().env(api.environment()).build();

    @Test
    void theModelGivesWorkToAnAgentWithAPromptOfItsOwn() {
        api.replyWith(request -> {
            if (request.kind() == ApiRequest.Kind.SUBAGENT) {
                return Reply.text("looks good");
            }
            return request.messages().toString().contains("tool_result")
                    ? Reply.text("done")
                    : Reply.toolUse(
                            "Agent",
                            Map.of(
                                    "description", "a review",
                                    "prompt", "review this",
                                    "subagent_type", "reviewer",
                                    "run_in_background", false));
        });
        ClaudeOptions with = options.toBuilder()
                .agent("reviewer", REVIEWER)
                .forwardSubagentText(true)
                .agentProgressSummaries(true)
                .perTaskStopAffordance(true)
                .build();
        try (ClaudeSession session = ClaudeSession.open(with)) {
            assertThat(session.serverInfo().agents())
                    .anyMatch(agent -> agent.name().equals("reviewer")
                            && agent.description().equals("reviews"));
            List<Message> messages;
            try (Stream<Message> turn = session.stream("have it reviewed")) {
                messages = turn.toList();
            }
            assertThat(messages)
                    .anyMatch(message -> message instanceof AssistantMessage answer
                            && answer.parentToolUseId() != null
                            && answer.text().equals("looks good"));
            assertThat(messages.getLast())
                    .isInstanceOfSatisfying(
                            ResultMessage.class,
                            result -> assertThat(result.text()).isEqualTo("done"));
        }
        ApiRequest asked = api.requests().stream()
                .filter(request -> request.kind() == ApiRequest.Kind.SUBAGENT)
                .findFirst()
                .orElseThrow();
        assertThat(asked.system()).contains("You review with care 7788.");
        assertThat(asked.lastUserText()).contains("review this");
        assertThat(asked.tools()).contains("Read").doesNotContain("Bash");
    }

    @Test
    void aSessionCanBeAnAgent() {
        api.reply(Reply.text("ok"));
        Claude.query(
                "hello",
                options.toBuilder()
                        .agent("reviewer", REVIEWER)
                        .agent("reviewer")
                        .build());
        assertThat(api.lastRequest().system()).contains("You review with care 7788.");
        assertThat(api.lastRequest().tools()).contains("Read").doesNotContain("Bash");
    }

    @Test
    void anAgentThatTheCliDoesNotUnderstandFailsTheOpening() {
        AgentDefinition strange =
                REVIEWER.toBuilder().field("effort", "nonsense").build();
        assertThatThrownBy(() -> ClaudeSession.open(options.toBuilder()
                        .agent("good", REVIEWER)
                        .agent("strange", strange)
                        .build()))
                .isInstanceOf(SessionStartException.class)
                .hasMessageContaining("\"strange\"")
                .hasMessageContaining("\"good\"");
    }

    @Test
    void aSessionThatIsToBeAnUnknownAgentFailsTheOpening() {
        assertThatThrownBy(() -> ClaudeSession.open(options.toBuilder()
                        .agent("reviewer", REVIEWER)
                        .agent("rewiever")
                        .build()))
                .isInstanceOf(SessionStartException.class)
                .hasMessageContaining("the session can't be agent \"rewiever\"")
                .hasMessageContaining("reviewer")
                .hasMessageContaining("Explore");
    }

    /** The last one by the name that it has in its plugin. */
    @ParameterizedTest
    @CsvSource({"mine,MY PROMPT", "plug:theirs,THEIR PROMPT", "theirs,THEIR PROMPT"})
    void aSessionCanBeAnAgentThatTheCliFinds(String name, String prompt, @TempDir Path folder) throws IOException {
        write(folder.resolve("cwd/.claude/agents/mine.md"), agent("mine", "MY PROMPT"));
        write(folder.resolve("plug/.claude-plugin/plugin.json"), "{\"name\":\"plug\",\"version\":\"1.0.0\"}");
        write(folder.resolve("plug/agents/theirs.md"), agent("theirs", "THEIR PROMPT"));
        api.reply(Reply.text("ok"));
        Claude.query(
                "hello",
                options.toBuilder()
                        .cwd(folder.resolve("cwd"))
                        .settingSources(SettingSource.PROJECT)
                        .plugin(folder.resolve("plug"))
                        .agent(name)
                        .build());
        assertThat(api.lastRequest().system()).contains(prompt);
    }

    @Test
    void aSessionCanBeAnAgentOfTheCliItself() {
        api.reply(Reply.text("ok"));
        Claude.query("hello", options.toBuilder().agent("Explore").build());
        assertThat(api.lastRequest().tools()).contains("Read").doesNotContain("Write");
    }

    private static String agent(String name, String prompt) {
        return "---\nname: " + name + "\ndescription: d\n---\n" + prompt + "\n";
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
