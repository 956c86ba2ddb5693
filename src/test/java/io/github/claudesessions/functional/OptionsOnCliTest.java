package io.github.claudesessions.functional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.claudesessions.Claude;
import io.github.claudesessions.ClaudeOptions;
import io.github.claudesessions.ClaudeSession;
import io.github.claudesessions.Effort;
import io.github.claudesessions.Thinking;
import io.github.claudesessions.error.TurnFailedException;
import io.github.claudesessions.message.InitMessage;
import io.github.claudesessions.message.Message;
import io.github.claudesessions.message.ModelFallback;
import io.github.claudesessions.message.PermissionDenial;
import io.github.claudesessions.message.ResultMessage;
import io.github.claudesessions.testing.ApiRequest;
import io.github.claudesessions.testing.Reply;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Options of models and tools, by what the CLI then asks of the API and does. */
@Timeout(60)
class OptionsOnCliTest extends OnRealCli {
    private static final String SONNET = "claude-sonnet-4-5";
    private static final String OPUS = "claude-opus-4-6";
    private static final String HAIKU = "claude-haiku-4-5";

    @TempDir
    private Path elsewhere;

    private ApiRequest asked(ClaudeOptions.Builder options) {
        api.reply(Reply.text("ok"));
        Claude.query("hello", options.build());
        return api.lastRequest();
    }

    @Test
    void thinkingIsAskedForAsChosen() {
        assertThat(thinking(builder().model(SONNET).thinking(Thinking.enabled(2048))))
                .contains("type=enabled", "budget_tokens=2048");
        assertThat(thinking(builder().model(OPUS).thinking(Thinking.adaptive()).effort(Effort.LOW)))
                .contains("type=adaptive");
        assertThat(api.lastRequest().body().get("output_config")).isEqualTo(Map.of("effort", "low"));
        assertThat(thinking(builder().model(OPUS).thinking(Thinking.disabled())))
                .contains("type=disabled");
    }

    private String thinking(ClaudeOptions.Builder options) {
        return String.valueOf(asked(options).body().get("thinking"));
    }

    @Test
    void promptToolsAndBetas() {
        List<String> said = new CopyOnWriteArrayList<>();
        api.reply(Reply.text("ok"));
        List<Message> messages;
        try (ClaudeSession session = ClaudeSession.open(builder()
                .appendSystemPrompt("Also mind the number 4711.")
                .tools("Read", "Bash", "WebFetch", "Write")
                .disallowedTools("WebFetch", "Write")
                .betas("made-up-2020-01-01", "context-1m-2025-08-07")
                .extraArg("debug-to-stderr", null)
                .stderr(said::add)
                .build())) {
            messages = session.stream("hello").toList();
        }
        ApiRequest request = api.lastRequest();
        assertThat(request.system()).contains("You are").endsWith("Also mind the number 4711.");
        assertThat(request.tools()).contains("Read", "Bash").doesNotContain("WebFetch", "Write", "Edit");
        assertThat(request.header("anthropic-beta").orElse(""))
                .contains("context-1m-2025-08-07")
                .doesNotContain("made-up");
        assertThat(messages)
                .filteredOn(InitMessage.class::isInstance)
                .flatExtracting(message -> ((InitMessage) message).betas())
                .containsExactly("context-1m-2025-08-07");
        Eventually.within(
                SOON,
                said::toString,
                () -> said.stream().anyMatch(line -> line.contains("[DEBUG]"))
                        && said.stream().anyMatch(line -> line.contains("'made-up-2020-01-01' is not allowed")));
    }

    @Test
    @Tag("unix")
    void foldersBesidesTheWorkingFolderAndRulesThatDeny() throws IOException {
        Path one = file("one", "the first");
        Path two = file("two", "the second");
        Path three = file("three", "the third");
        api.reply(
                read(one)
                        .then(read(two))
                        .then(read(three))
                        .then(bash("touch made"))
                        .then(bash("echo fine")),
                Reply.text("done"));
        ResultMessage result = Claude.query(
                "look",
                builder()
                        .addDirs(one.getParent())
                        .addDir(two.getParent())
                        .allowedTools("Bash")
                        .disallowedTools("WebFetch", "Bash(touch:*)")
                        .build());
        assertThat(api.lastRequest().messages().toString())
                .contains("the first", "the second", "fine")
                .doesNotContain("the third");
        assertThat(result.permissionDenials())
                .extracting(PermissionDenial::toolName)
                .containsExactlyInAnyOrder("Read", "Bash");
        assertThat(cwd.resolve("made")).doesNotExist();
    }

    private Path file(String folder, String text) throws IOException {
        return Files.writeString(
                Files.createDirectories(elsewhere.resolve(folder)).resolve("file.txt"), text);
    }

    private static Reply read(Path file) {
        return Reply.toolUse("Read", Map.of("file_path", file.toString()));
    }

    @Test
    void anOverloadedModelIsReplaced() {
        api.replyWith(request -> request.model().equals(HAIKU) ? Reply.text("here I am") : overloaded());
        try (ClaudeSession session = ClaudeSession.open(
                builder().model(SONNET).fallbackModel(HAIKU).maxRetries(2).build())) {
            List<Message> messages = session.stream("anybody?").toList();
            assertThat(messages.getLast())
                    .isInstanceOfSatisfying(
                            ResultMessage.class,
                            result -> assertThat(result.text()).isEqualTo("here I am"));
            assertThat(messages)
                    .filteredOn(ModelFallback.class::isInstance)
                    .singleElement()
                    .isInstanceOfSatisfying(ModelFallback.class, change -> {
                        assertThat(change.originalModel()).isEqualTo(SONNET);
                        assertThat(change.fallbackModel()).isEqualTo(HAIKU);
                        assertThat(change.trigger()).isEqualTo("overloaded");
                    });
        }
        assertThat(api.requests()).extracting(ApiRequest::model).containsExactly(SONNET, SONNET, SONNET, HAIKU);
    }

    @Test
    void aRequestIsRepeatedAsOftenAsAllowed() {
        api.replyWith(request -> overloaded());
        assertThat(requests(builder().maxRetries(0))).isEqualTo(1);
        assertThat(requests(builder().maxRetries(2))).isEqualTo(3);
        // a change of the model takes three failures
        assertThat(requests(builder().maxRetries(1).model(SONNET).fallbackModel(HAIKU)))
                .isEqualTo(2);
    }

    private int requests(ClaudeOptions.Builder options) {
        int before = api.requests().size();
        assertThat(catchThrowableOfType(TurnFailedException.class, () -> Claude.query("hello", options.build()))
                        .apiErrorStatus())
                .hasValue(529);
        return api.requests().size() - before;
    }

    private static Reply overloaded() {
        return Reply.error(529, "overloaded_error", "too many of you").retryable();
    }
}
