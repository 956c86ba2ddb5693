package io.github.claudesessions.functional;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.claudesessions.Claude;
import io.github.claudesessions.ClaudeOptions;
import io.github.claudesessions.ClaudeSession;
import io.github.claudesessions.PermissionPrompts;
import io.github.claudesessions.SessionSupervisor;
import io.github.claudesessions.hook.HookEvent;
import io.github.claudesessions.hook.Hooks;
import io.github.claudesessions.message.PermissionMode;
import io.github.claudesessions.permission.PermissionDecision;
import io.github.claudesessions.permission.PermissionUpdate;
import io.github.claudesessions.testing.FakeClaude;
import io.github.claudesessions.testing.JavaCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the log says of callbacks that fail. It is that of a JVM of its own, since a log belongs to the whole JVM. */
@Timeout(60)
class CallbackLogsTest {
    private static final List<String> EXPECTED = List.of(
            "The permission handler failed at",
            "no decision today",
            "A change of permissions was left out of the answer to",
            "A hook on PreToolUse",
            "no hook today",
            "An observer of PostToolUse failed",
            "no observer today",
            "The CLI reports that a hook failed: made up by the CLI");

    @TempDir
    private Path folder;

    @Test
    void whatFailsIsLogged() throws Exception {
        Path log = folder.resolve("log.txt");
        Process host = start(Host.class, log);
        try {
            Eventually.within(
                    Duration.ofSeconds(40),
                    () -> text(log),
                    () -> EXPECTED.stream().allMatch(text(log)::contains));
        } finally {
            host.getOutputStream().close();
            assertThat(host.waitFor()).isZero();
        }
    }

    @Test
    void aHandlerThatIsNeverAskedIsToldOfOnceForEachSession() throws Exception {
        Path log = folder.resolve("log.txt");
        assertThat(start(NeverAskedHost.class, log).waitFor()).isZero();
        assertThat(text(log))
                .containsOnlyOnce("The permission handler is never asked in permission mode dontAsk")
                .containsOnlyOnce("The permission handler is never asked: permissionPrompts is none")
                .containsOnlyOnce("The permission handler is never asked in permission mode bypassPermissions");
    }

    private static Process start(Class<?> host, Path log) throws IOException {
        return new ProcessBuilder(JavaCommand.of(host))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
    }

    private static String text(Path log) {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends with its standard input: what an observer does is logged at some time after the turn. */
    static final class Host {
        private Host() {}

        public static void main(String[] args) throws IOException {
            FakeClaude fake = FakeClaude.create().turn(turn -> {
                turn.ask("can_use_tool", Map.of("tool_name", "Bash", "input", Map.of(), "tool_use_id", "toolu_1"));
                turn.ask("can_use_tool", Map.of("tool_name", "Read", "input", Map.of(), "tool_use_id", "toolu_2"));
                turn.ask("hook_callback", hook("hook_0", "PreToolUse"));
                turn.ask("hook_callback", hook("hook_1", "PostToolUse"));
                turn.send(Map.of(
                        "type",
                        "system",
                        "subtype",
                        "informational",
                        "content",
                        "made up by the CLI",
                        "level",
                        "warning",
                        "tag",
                        "hook_callback_failed",
                        "uuid",
                        "6f1c2f0e-0000-4000-8000-00000000000a",
                        "session_id",
                        "6f1c2f0e-0000-4000-8000-00000000000b"));
                turn.result("done");
            });
            Hooks hooks = Hooks.builder()
                    .preToolUse(input -> {
                        throw new IllegalStateException("no hook today");
                    })
                    .observe(HookEvent.POST_TOOL_USE, input -> {
                        throw new IllegalStateException("no observer today");
                    })
                    .build();
            ClaudeOptions options = ClaudeOptions.builder()
                    .transport(fake)
                    .hooks(hooks)
                    .permissionMode(PermissionMode.DEFAULT)
                    .permissionHandler(request -> {
                        if (request.toolName().equals("Bash")) {
                            throw new IllegalStateException("no decision today");
                        }
                        return PermissionDecision.allow().remember(PermissionUpdate.addDirectories(" "));
                    })
                    .build();
            try (ClaudeSession session = ClaudeSession.open(options)) {
                session.query("go");
                System.in.readAllBytes();
            }
        }

        private static Map<String, Object> hook(String id, String event) {
            return Map.of(
                    "callback_id",
                    id,
                    "input",
                    Map.of(
                            "hook_event_name",
                            event,
                            "session_id",
                            "s",
                            "cwd",
                            "c",
                            "transcript_path",
                            "t",
                            "tool_name",
                            "Bash",
                            "tool_input",
                            Map.of(),
                            "tool_use_id",
                            "toolu_3"));
        }
    }

    /** A session of three processes, and a plain one. */
    static final class NeverAskedHost {
        private NeverAskedHost() {}

        public static void main(String[] args) {
            ClaudeOptions.Builder options = ClaudeOptions.builder()
                    .transport(FakeClaude.create())
                    .permissionHandler(request -> PermissionDecision.allow());
            try (ClaudeSession session = ClaudeSession.open(options.build())) {
                session.setPermissionMode(PermissionMode.PLAN);
                session.setPermissionMode(PermissionMode.BYPASS_PERMISSIONS);
                session.setPermissionMode(PermissionMode.PLAN);
                session.setPermissionMode(PermissionMode.BYPASS_PERMISSIONS);
            }
            try (SessionSupervisor supervisor = SessionSupervisor.builder()
                    .session(
                            "a",
                            options.build().toBuilder()
                                    .permissionMode(PermissionMode.DONT_ASK)
                                    .build())
                    .open()) {
                supervisor.query("a", "one");
                for (String prompt : List.of("two", "three")) {
                    supervisor.restart("a");
                    supervisor.query("a", prompt);
                }
            }
            Claude.query(
                    "hello", options.permissionPrompts(PermissionPrompts.NONE).build());
        }
    }
}
