package io.github.claudesessions.functional;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.claudesessions.AgentDefinition;
import io.github.claudesessions.Claude;
import io.github.claudesessions.ClaudeOptions;
import io.github.claudesessions.ClaudeSession;
import io.github.claudesessions.McpServer;
import io.github.claudesessions.Messages;
import io.github.claudesessions.TurnSummary;
import io.github.claudesessions.cli.ClaudeCli;
import io.github.claudesessions.error.ProcessExitedException;
import io.github.claudesessions.error.TurnFailedException;
import io.github.claudesessions.message.Message;
import io.github.claudesessions.testing.FakeAnthropicApi;
import io.github.claudesessions.testing.FakeClaude;
import io.github.claudesessions.testing.JavaCommand;
import io.github.claudesessions.testing.Reply;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The README's code compiles, runs on the real CLI, and is what the README says. */
@Timeout(120)
class ReadmeSnippetsTest {
    private static final Logger log = LoggerFactory.getLogger(ReadmeSnippetsTest.class);
    private static final Pattern SNIPPET = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

    private final FakeAnthropicApi api = FakeAnthropicApi.start();

    @RegisterExtension
    final NothingLeft nothingLeft = new NothingLeft(api);

    @TempDir
    Path repository;

    private ClaudeOptions options() {
        return ClaudeOptions.builder().env(api.environment()).cwd(repository).build();
    }

    @Test
    void everySnippetOfTheReadmeIsInATest() throws IOException {
        StringBuilder tests = new StringBuilder();
        try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
            for (Path file :
                    files.filter(file -> file.toString().endsWith(".java")).toList()) {
                tests.append(squeezed(Files.readString(file)));
            }
        }
        Matcher snippet = SNIPPET.matcher(Files.readString(Path.of("README.md")));
        int count = 0;
        while (snippet.find()) {
            count++;
            assertThat(tests.indexOf(squeezed(snippet.group(1))))
                    .as("in a test: %s", snippet.group(1))
                    .isNotNegative();
        }
        assertThat(count).isGreaterThan(8);
    }

    private static String squeezed(String code) {
        return code.replaceAll("\\s+", "");
    }

    @Test
    void withoutOptions() throws Exception {
        api.reply(
                Reply.text("4"),
                Reply.text("A pipe ", "with no end. "),
                Reply.text("Read."),
                Reply.text("Claude Sessions"));
        ProcessBuilder builder = new ProcessBuilder(JavaCommand.of(ReadmeMain.class, repository.toString()))
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().putAll(api.environment());
        Path installed = ClaudeCli.managed().resolve();
        builder.environment()
                .put(
                        "CLAUDE_SESSIONS_CLI_DIR",
                        installed.getParent().getParent().getParent().toString());
        Process process = builder.start();
        assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualToNormalizingNewlines("4\nA pipe with no end. Claude Sessions\n");
        assertThat(process.waitFor()).isZero();
        assertThat(api.lastRequest().system()).contains("You are a careful reviewer.");
    }

    @Test
    void stream() {
        api.reply(Reply.toolUse("Read", Map.of("file_path", "/nowhere")), Reply.text("None."));
        ClaudeOptions options = options();
        try (Stream<Message> messages = Claude.stream("Which files are here?", options)) {
            TurnSummary turn = messages.collect(Messages.summary());
            turn.toolCalls()
                    .forEach(call -> System.out.println(
                            call.use().name() + " " + call.use().input()));
            System.out.println(turn.text() + " ($" + turn.costUsd() + ")");
        }
        assertThat(api.requests()).hasSize(2);
    }

    @Test
    void errors() {
        api.reply(Reply.error(529, "overloaded_error", "busy"));
        failing("go", options()); // and it is caught
        assertThat(api.requests()).isNotEmpty();
    }

    private static void failing(String prompt, ClaudeOptions options) {
        try {
            Claude.query(prompt, options);
        } catch (TurnFailedException e) { // the turn ended, and its end is an error
            log.warn("{}: {} (HTTP {})", e.reason(), e.result().text(), e.apiErrorStatus());
        } catch (ProcessExitedException e) { // the CLI died
            log.error("{}, stderr: {}", e.getMessage(), e.stderrTail());
        }
    }

    @Test
    void fakeClaude() {
        FakeClaude claude = FakeClaude.create().answer("4");
        ClaudeOptions options = ClaudeOptions.builder().transport(claude).build();
        assertThat(Claude.query("What is 2 + 2?", options).text()).isEqualTo("4");
    }

    @Test
    void fakeAnthropicApi() {
        try (FakeAnthropicApi api = FakeAnthropicApi.start()) {
            api.reply(Reply.toolUse("Bash", Map.of("command", "echo hi")), Reply.text("It says hi."));
            ClaudeOptions options = ClaudeOptions.builder()
                    .env(api.environment())
                    .allowedTools("Bash")
                    .build();
            assertThat(Claude.query("Run echo hi", options).text()).isEqualTo("It says hi.");
        }
    }

    @Test
    void mcpServer() {
        api.reply(Reply.text("served"));
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String classpath = System.getProperty("java.class.path");
        ClaudeOptions options = ClaudeOptions.builder()
                .mcpServer("echo", McpServer.stdio(java, "-cp", classpath, EchoMcpServer.class.getName()))
                .awaitMcpReady(Duration.ofSeconds(30))
                .build();
        options = options.toBuilder().env(api.environment()).build();
        try (ClaudeSession session = ClaudeSession.open(options)) {
            assertThat(session.mcpServers()).hasSize(1);
            assertThat(session.query("go").text()).isEqualTo("served");
        }
    }

    @Test
    void subagent() {
        api.replyWith(request -> request.system().contains("You review Java.")
                ? Reply.text("Fine.")
                : request.messages().size() > 3
                        ? Reply.text("It is fine.")
                        : Reply.toolUse(
                                "Agent",
                                Map.of(
                                        "subagent_type",
                                        "reviewer",
                                        "description",
                                        "review",
                                        "prompt",
                                        "Review.",
                                        "run_in_background",
                                        false)));
        ClaudeOptions options = ClaudeOptions.builder()
                .agent("reviewer", AgentDefinition.of("Reviews a change", "You review Java."))
                .build();
        options = options.toBuilder().env(api.environment()).build();
        try (ClaudeSession session = ClaudeSession.open(options)) {
            List<Message> messages = session.stream("Have it reviewed.").toList();
            assertThat(messages).isNotEmpty();
        }
        assertThat(api.requests()).anyMatch(request -> request.system().contains("You review Java."));
    }
}
