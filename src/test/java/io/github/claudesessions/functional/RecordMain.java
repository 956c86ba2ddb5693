package io.github.claudesessions.functional;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.claudesessions.ClaudeOptions;
import io.github.claudesessions.ClaudeSession;
import io.github.claudesessions.Prompt;
import io.github.claudesessions.SendPriority;
import io.github.claudesessions.SettingSource;
import io.github.claudesessions.elicitation.ElicitationReply;
import io.github.claudesessions.hook.Hooks;
import io.github.claudesessions.hook.UserPromptSubmitOutput;
import io.github.claudesessions.internal.json.Json;
import io.github.claudesessions.message.Message;
import io.github.claudesessions.message.PermissionMode;
import io.github.claudesessions.permission.PermissionDecision;
import io.github.claudesessions.testing.ApiRequest;
import io.github.claudesessions.testing.FakeAnthropicApi;
import io.github.claudesessions.testing.Reply;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Has the real CLI write messages of as many types as a scripted model can bring about, and writes one line of each
 * shape, with neutral paths and ids, to the file that is its argument. To be run by hand for a new version of the CLI:
 * what it writes goes to {@code src/test/resources/recorded}.
 */
final class RecordMain {
    private static final Pattern UUID = Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

    /** A string of more than a hundred characters; such texts say nothing about the protocol. */
    private static final Pattern LONG =
            Pattern.compile("\"((?:[^\"\\\\]|\\\\.){100})(?:[^\"\\\\]|\\\\.){20}[^\"\\\\]*+(?:\\\\.[^\"\\\\]*+)*+\"");

    private final Map<String, String> byShape = new LinkedHashMap<>();
    private final Map<String, String> uuids = new HashMap<>();

    private interface Scene {
        void play(FakeAnthropicApi api, ClaudeOptions.Builder options, Path cwd) throws Exception;
    }

    private RecordMain() {}

    public static void main(String[] args) throws Exception {
        RecordMain recorder = new RecordMain();
        recorder.record(RecordMain::results);
        recorder.record(RecordMain::commands);
        recorder.record(RecordMain::hooks);
        recorder.record(RecordMain::permissions);
        recorder.record(RecordMain::tasks);
        recorder.record(RecordMain::agents);
        recorder.record(RecordMain::interrupts);
        recorder.record(RecordMain::refusals);
        recorder.record(RecordMain::files);
        recorder.record(RecordMain::fallback);
        recorder.record(RecordMain::elicitation);
        Files.write(Path.of(args[0]), recorder.byShape.values());
        System.exit(0);
    }

    private void record(Scene scene) throws IOException {
        Path cwd = Files.createTempDirectory("recorded-").toRealPath();
        List<String> lines = new CopyOnWriteArrayList<>();
        try (FakeAnthropicApi api = FakeAnthropicApi.start()) {
            String home = api.environment().get("HOME");
            try {
                scene.play(
                        api,
                        ClaudeOptions.builder().env(api.environment()).cwd(cwd).transport(new LineRecorder(lines::add)),
                        cwd);
            } catch (Exception e) {
                System.err.println(scene + ": " + e);
            }
            for (String line : lines) {
                keep(neutral(line, cwd, home));
            }
        }
    }

    private void keep(String line) throws IOException {
        JsonNode tree = Json.MAPPER.readTree(line);
        String type = tree.path("type").asText();
        if (!type.startsWith("control_") && !type.equals("keep_alive") && !type.equals("transcript_mirror")) {
            byShape.putIfAbsent(shape(tree), line);
        }
    }

    /** The type with the names of the fields on the first two levels, and what else tells kinds apart. */
    private static String shape(JsonNode tree) {
        StringBuilder shape = new StringBuilder();
        for (String kind : List.of("type", "subtype", "terminal_reason", "status", "tag", "state", "trigger")) {
            shape.append(tree.path(kind).asText("")).append('/');
        }
        shape.append(tree.path("event").path("type").asText(""))
                .append(tree.path("event").path("delta").path("type"));
        List<String> blocks = new ArrayList<>();
        tree.path("message")
                .path("content")
                .forEach(block -> blocks.add(block.path("type").asText()));
        shape.append(blocks).append(tree.path("patch").fieldNames().hasNext());
        if (!tree.path("type").asText().equals("stream_event")) {
            TreeSet<String> names = new TreeSet<>();
            tree.fieldNames().forEachRemaining(names::add);
            shape.append(names);
        }
        return shape.toString();
    }

    private String neutral(String line, Path cwd, String home) {
        String project = cwd.toString().replaceAll("[^A-Za-z0-9]", "-");
        String text = line.replace(cwd.toString(), "/srv/app")
                .replace(project, "-srv-app")
                .replace(home, "/home/user")
                .replaceAll("/tmp/claude-(sessions-)?\\d+", "/var/tmp/claude")
                .replaceAll("/tmp/cc-socks/\\d+", "/var/tmp/cc-socks/1");
        Matcher matcher = UUID.matcher(LONG.matcher(text).replaceAll("\"$1…\""));
        return matcher.replaceAll(found -> uuids.computeIfAbsent(
                found.group(), id -> "00000000-0000-4000-8000-%012d".formatted(uuids.size() + 1)));
    }

    private static void ask(ClaudeSession session, String... prompts) {
        for (String prompt : prompts) {
            List<Message> turn = session.stream(prompt).toList();
            System.err.println(prompt + ": " + turn.getLast());
        }
    }

    private static void run(ClaudeOptions.Builder options, String... prompts) {
        try (ClaudeSession session = ClaudeSession.open(options.build())) {
            ask(session, prompts);
            session.awaitIdle(OnRealCli.SOON);
        }
    }

    private static void results(FakeAnthropicApi api, ClaudeOptions.Builder options, Path cwd) {
        api.reply(
                Reply.text("plain"),
                Reply.error(400, "invalid_request_error", "made up"),
                Reply.error(529, "overloaded_error", "made up").retryable(),
                Reply.text("after a retry"),
                Reply.thinking("well").then(Reply.text("one")).then(OnRealCli.bash("echo hi")),
                Reply.text("never"));
        run(options.includePartialMessages(true).maxTurns(1).allowedTools("Bash"), "go", "fail", "retry", "too many");
        api.reply(Reply.text("dear").usage(1_000_000, 1_000_000), Reply.text("never"));
        run(options.maxBudgetUsd(0.5), "spend", "more");
    }

    private static void commands(FakeAnthropicApi api, ClaudeOptions.Builder options, Path cwd) throws IOException {
        Files.createDirectories(cwd.resolve(".claude/commands"));
        Files.writeString(cwd.resolve("CLAUDE.md"), "be kind\n".repeat(20_000));
        api.reply(Reply.text("one"), Reply.text("two"), Reply.text("three"), Reply.text("four"));
        try (ClaudeSession session = ClaudeSession.open(options.settingSources(SettingSource.PROJECT)
                .promptSuggestions(true)
                .env("CLAUDE_CODE_ENABLE_PROMPT_SUGGESTION", "1")
                .env("CLAUDE_CODE_EMIT_TOOL_USE_SUMMARIES", "1")
                .build())) {
            ask(session, "hello", "/context", "/cost", "/goal all is tidy", "ultrathink about it");
            session.controls().sideQuestion("by the way?");
            session.control("rename_session", Map.of("title", "a title"));
            Files.writeString(cwd.resolve(".claude/commands/new.md"), "carry out");
            session.control("reload_skills", Map.of());
            ask(session, "/compact", "/clear", "again");
        }
    }

    private static void hooks(FakeAnthropicApi api, ClaudeOptions.Builder options, Path cwd) {
        Map<String, Object> slow = Map.of(
                "matcher",
                "Bash",
                "hooks",
                List.of(Map.of("type", "command", "command", "echo one; sleep 3; echo two")));
        api.reply(OnRealCli.bash("echo hi"), Reply.text("done"));
        run(
                options.includeHookEvents(true)
                        .allowedTools("Bash")
                        .settings(Map.of("hooks", Map.of("PreToolUse", List.of(slow))))
                        .hooks(Hooks.builder()
                                .userPromptSubmit(input -> input.prompt().equals("secret")
                                        ? UserPromptSubmitOutput.block("no secrets")
                                        : UserPromptSubmitOutput.proceed().systemMessage("be kind"))
                                .build()),
                "go",
                "secret");
    }

    private static void permissions(FakeAnthropicApi api, ClaudeOptions.Builder options, Path cwd) {
        api.reply(OnRealCli.bash("touch a"), Reply.text("done"));
        run(options.permissionMode(PermissionMode.DONT_ASK), "go");
        api.reply(OnRealCli.bash("sh -c 'touch a'"), Reply.text("done"));
        run(options.permissionMode(PermissionMode.AUTO), "go");
        api.reply(OnRealCli.bash("touch a"), Reply.text("done"));
        run(
                options.permissionMode(PermissionMode.DEFAULT)
                        .permissionHandler(
                                request -> PermissionDecision.deny("no").interrupting()),
                "go");
    }

    private static void tasks(FakeAnthropicApi api, ClaudeOptions.Builder options, Path cwd) throws Exception {
        api.reply(
                Reply.toolUse("TaskCreate", Map.of("subject", "tidy", "description", "the desk")),
                Reply.toolUse("TaskUpdate", Map.of("taskId", "1", "status", "in_progress")),
                Reply.toolUse("TaskUpdate", Map.of("taskId", "1", "status", "completed")),
                OnRealCli.bash("mkdir -p sub && cd sub"),
                OnRealCli.bash("for i in $(seq 35); do sleep 1; done"),
                OnRealCli.backgroundBash("sleep 30"),
                Reply.text("done"),
                Reply.text("told"));
        try (ClaudeSession session = ClaudeSession.open(
                options.model("claude-sonnet-4-5").allowedTools("Bash").build())) {
            CountDownLatch stopped = new CountDownLatch(1);
            ask(session, "go");
            session.tasks().forEach(task -> session.stopTask(task.id()));
            stopped.await(2, TimeUnit.SECONDS);
        }
    }

    private static void agents(FakeAnthropicApi api, ClaudeOptions.Builder options, Path cwd) throws Exception {
        CountDownLatch done = new CountDownLatch(3);
        api.replyWith(request -> {
            boolean results = request.messages().toString().contains("tool_result");
            done.countDown();
            if (request.kind() == ApiRequest.Kind.SUBAGENT) {
                return results ? Reply.text("from the agent") : OnRealCli.bash("sleep 1; echo hi");
            }
            return results
                    ? Reply.text("from the main loop")
                    : Reply.toolUse(
                            "Agent", Map.of("description", "d", "prompt", "p", "subagent_type", "general-purpose"));
        });
        try (ClaudeSession session =
                ClaudeSession.open(options.allowedTools("Bash", "Agent").build())) {
            ask(session, "delegate");
            done.await(10, TimeUnit.SECONDS);
            session.awaitIdle(OnRealCli.SOON);
        }
    }

    private static void interrupts(FakeAnthropicApi api, ClaudeOptions.Builder options, Path cwd) throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        api.reply(
                Reply.text("a", "b").pauseAfter(1, never),
                Reply.text("c", "d").pauseAfter(1, never),
                Reply.text("preempting"));
        try (ClaudeSession session = ClaudeSession.open(options.build())) {
            Thread first = Thread.startVirtualThread(() -> ask(session, "long"));
            api.awaitRequests(1, OnRealCli.SOON);
            session.interrupt();
            first.join();
            Thread second = Thread.startVirtualThread(() -> ask(session, "longer"));
            api.awaitRequests(2, OnRealCli.SOON);
            session.send(Prompt.of("now"), SendPriority.NOW);
            second.join();
            session.awaitIdle(OnRealCli.SOON);
        }
    }

    private static void refusals(FakeAnthropicApi api, ClaudeOptions.Builder options, Path cwd) {
        api.reply(
                Reply.text("no").stopReason("refusal"),
                Reply.text("fallen back"),
                Reply.text("cut").stopReason("max_tokens"),
                Reply.text("rest"));
        run(options, "refuse", "cut");
        api.reply(Reply.text("no").stopReason("refusal"), Reply.text("fallen back"));
        run(options.fallbackModel("claude-sonnet-4-5"), "refuse");
    }

    private static void files(FakeAnthropicApi api, ClaudeOptions.Builder options, Path cwd) throws IOException {
        Files.writeString(cwd.resolve("a.txt"), "one");
        api.reply(
                Reply.toolUse("Read", Map.of("file_path", cwd.resolve("a.txt").toString())),
                Reply.toolUse(
                        "Write", Map.of("file_path", cwd.resolve("App.swift").toString(), "content", "import UIKit")),
                OnRealCli.bash("git init . && git config user.name n && git config user.email n@example.com"),
                OnRealCli.bash("git commit --allow-empty -m x"),
                Reply.toolUse("NoSuchTool", Map.of()),
                Reply.text("done"));
        run(options.allowedTools("Read", "Write", "Bash").env("CLAUDE_CODE_EMIT_TOOL_USE_SUMMARIES", "1"), "go");
    }

    private static void fallback(FakeAnthropicApi api, ClaudeOptions.Builder options, Path cwd) {
        api.replyWith(request -> request.model().contains("haiku")
                ? Reply.text("here I am")
                : Reply.error(529, "overloaded_error", "made up").retryable());
        run(options.model("claude-sonnet-4-5").fallbackModel("claude-haiku-4-5").maxRetries(2), "anybody?");
    }

    private static void elicitation(FakeAnthropicApi api, ClaudeOptions.Builder options, Path cwd) {
        api.reply(
                Reply.toolUse(
                        "mcp__echo__ask",
                        Map.of(
                                "mode",
                                "url",
                                "message",
                                "Sign in",
                                "url",
                                "https://example.com/sign-in",
                                "elicitationId",
                                "sign-in-1")),
                Reply.text("done"));
        run(
                options.strictMcpConfig(true)
                        .awaitMcpReady(OnRealCli.SOON)
                        .mcpServer("echo", EchoMcpServer.stdio(AskingMcpServer.command()))
                        .allowedTool("mcp__echo")
                        .elicitationHandler(request -> ElicitationReply.accept()),
                "go");
    }
}
