package io.github.claudesessions.functional;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.claudesessions.ClaudeOptions;
import io.github.claudesessions.ClaudeSession;
import io.github.claudesessions.McpServer;
import io.github.claudesessions.McpServerStatus;
import io.github.claudesessions.SessionSupervisor;
import io.github.claudesessions.control.DirectoryChange;
import io.github.claudesessions.message.InitMessage;
import io.github.claudesessions.message.PermissionMode;
import io.github.claudesessions.permission.PermissionBehavior;
import io.github.claudesessions.permission.PermissionDecision;
import io.github.claudesessions.permission.PermissionHandler;
import io.github.claudesessions.permission.PermissionRequest;
import io.github.claudesessions.permission.PermissionRule;
import io.github.claudesessions.permission.PermissionUpdate;
import io.github.claudesessions.permission.PlanReply;
import io.github.claudesessions.permission.PlanRequest;
import io.github.claudesessions.testing.Reply;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What was changed at run time holds in the process that follows one that was killed. */
@Timeout(90)
@Tag("unix")
@Tag("long")
class ChangesOnCliTest extends SupervisedOnCli {
    private final List<String> asked = new CopyOnWriteArrayList<>();

    /** Not within the working folder. */
    @TempDir
    Path elsewhere;

    /** Allows all with {@code updates}, and notes what was asked. */
    private PermissionHandler allowing(PermissionUpdate... updates) {
        return request -> {
            asked.add(request.toolName());
            return PermissionDecision.allow().remember(updates);
        };
    }

    private Reply write(Path file) {
        return Reply.toolUse("Write", Map.of("file_path", file.toString(), "content", "x"));
    }

    /** Changes something, has the process killed, and looks again, twice: the third process follows a resumed one. */
    private void overRestarts(ClaudeOptions options, Consumer<ClaudeSession> change, Consumer<ClaudeSession> check) {
        try (SessionSupervisor supervisor = supervisor().session("a", options).open()) {
            ClaudeSession session = supervisor.session("a");
            change.accept(session);
            check.accept(session);
            for (int i = 0; i < 2; i++) {
                kill(session);
                check.accept(session);
            }
        }
    }

    private PermissionMode mode(ClaudeSession session) {
        api.reply(Reply.text("ok"));
        List<PermissionMode> told = new CopyOnWriteArrayList<>();
        session.stream("mode?").forEach(message -> {
            if (message instanceof InitMessage init && init.permissionMode() != null) {
                told.add(init.permissionMode());
            }
        });
        return told.getLast();
    }

    @Test
    void permissionMode() {
        overRestarts(
                builder().permissionMode(PermissionMode.ACCEPT_EDITS).build(),
                session -> session.setPermissionMode(PermissionMode.PLAN),
                session -> assertThat(mode(session)).isEqualTo(PermissionMode.PLAN));
    }

    @Test
    void permissionModeThatAnApprovedPlanHasBrought() {
        PermissionHandler reviewer = new PermissionHandler() {
            @Override
            public PermissionDecision decide(PermissionRequest request) {
                return PermissionDecision.deny("not expected");
            }

            @Override
            public PlanReply review(PlanRequest request) {
                return PlanReply.approve(PermissionMode.ACCEPT_EDITS);
            }
        };
        Path file = cwd.resolve("w");
        overRestarts(
                builder()
                        .permissionMode(PermissionMode.PLAN)
                        .permissionHandler(reviewer)
                        .build(),
                session -> {
                    api.reply(Reply.toolUse("ExitPlanMode", Map.of("plan", "1. write")), Reply.text("done"));
                    session.query("plan");
                },
                session -> {
                    assertThat(mode(session)).isEqualTo(PermissionMode.ACCEPT_EDITS);
                    file.toFile().delete();
                    api.reply(write(file), Reply.text("done"));
                    session.query("write");
                    assertThat(file).exists();
                });
    }

    @Test
    void model() {
        overRestarts(
                builder().model("claude-sonnet-4-5").build(),
                session -> session.setModel("claude-haiku-4-5"),
                session -> {
                    api.reply(Reply.text("ok"));
                    session.query("who?");
                    assertThat(api.lastRequest().model()).isEqualTo("claude-haiku-4-5");
                });
    }

    @Test
    void defaultModel() {
        try (ClaudeSession plain = open()) {
            api.reply(Reply.text("ok"));
            plain.query("who?");
        }
        String usual = api.lastRequest().model();
        overRestarts(builder().model("claude-haiku-4-5").build(), session -> session.setModel(null), session -> {
            api.reply(Reply.text("ok"));
            session.query("who?");
            assertThat(api.lastRequest().model()).isEqualTo(usual).isNotEqualTo("claude-haiku-4-5");
        });
    }

    @Test
    void maxThinkingTokens() {
        overRestarts(
                builder().model("claude-sonnet-4-5").build(),
                session -> session.controls().setMaxThinkingTokens(1500),
                session -> {
                    api.reply(Reply.text("ok"));
                    session.query("think");
                    assertThat(String.valueOf(api.lastRequest().body().get("thinking")))
                            .contains("budget_tokens=1500");
                });
    }

    private static McpServer echo() {
        return EchoMcpServer.stdio(EchoMcpServer.command()).env("ECHO", "secret");
    }

    @Test
    void mcpServersThatWereSet() {
        overRestarts(builder().build(), session -> session.setMcpServers(Map.of("late", echo())), session -> {
            assertThat(session.awaitMcpReady(SOON)).singleElement().satisfies(server -> {
                assertThat(server.name()).isEqualTo("late");
                assertThat(server.connected()).isTrue();
            });
            api.reply(Reply.text("ok"));
            session.query("go");
        });
    }

    @Test
    void mcpServerThatIsSwitchedOff() {
        overRestarts(
                builder().mcpServer("echo", echo()).build(),
                session -> session.toggleMcpServer("echo", false),
                session -> {
                    assertThat(session.awaitMcpReady(SOON))
                            .extracting(McpServerStatus::connected)
                            .containsExactly(false);
                    api.reply(Reply.text("ok"));
                    session.query("go");
                    assertThat(api.lastRequest().tools()).noneMatch(tool -> tool.contains("echo"));
                });
    }

    @Test
    void flagSettings() {
        overRestarts(
                builder().build(),
                session -> {
                    session.controls().applyFlagSettings(Map.of("cleanupPeriodDays", 8));
                    session.controls().applyFlagSettings(Map.of("language", "german"));
                },
                session -> {
                    assertThat(session.controls().settings().get("effective").toString())
                            .contains("cleanupPeriodDays=8", "language=german");
                    api.reply(Reply.text("ok"));
                    session.query("go");
                });
    }

    @Test
    void ruleThatAllows() {
        PermissionUpdate rule =
                PermissionUpdate.addRules(PermissionBehavior.ALLOW, PermissionRule.of("Bash", "touch:*"));
        overRestarts(
                builder().permissionHandler(allowing(rule)).build(),
                session -> {
                    api.reply(bash("touch first"), Reply.text("done"));
                    session.query("touch it");
                    assertThat(asked).containsExactly("Bash");
                },
                session -> {
                    Path file = cwd.resolve("later");
                    file.toFile().delete();
                    api.reply(bash("touch later"), Reply.text("done"));
                    session.query("touch another");
                    assertThat(asked).hasSize(1);
                    assertThat(file).exists();
                });
    }

    @Test
    void ruleThatDenies() {
        PermissionUpdate rule =
                PermissionUpdate.addRules(PermissionBehavior.DENY, PermissionRule.of("Bash", "mkdir:*"));
        overRestarts(
                builder().permissionHandler(allowing(rule)).build(),
                session -> {
                    api.reply(bash("touch first"), Reply.text("done"));
                    session.query("touch it");
                },
                session -> {
                    int before = asked.size();
                    api.reply(bash("mkdir denied"), Reply.text("done"));
                    session.query("make it");
                    assertThat(asked).hasSize(before);
                    assertThat(cwd.resolve("denied")).doesNotExist();
                });
    }

    @Test
    void ruleThatAsks() {
        PermissionUpdate rule = PermissionUpdate.addRules(PermissionBehavior.ASK, PermissionRule.of("Bash", "mkdir:*"));
        overRestarts(
                builder().allowedTools("Bash").permissionHandler(allowing(rule)).build(),
                session -> {
                    api.reply(write(cwd.resolve("first")), Reply.text("done"));
                    session.query("write it");
                    assertThat(asked).containsExactly("Write");
                },
                session -> {
                    asked.clear();
                    api.reply(bash("mkdir -p made"), Reply.text("done"));
                    session.query("make it");
                    assertThat(asked).containsExactly("Bash");
                });
    }

    @Test
    void additionalFolder() throws IOException {
        Path folder = elsewhere.toRealPath();
        overRestarts(
                builder()
                        .permissionMode(PermissionMode.ACCEPT_EDITS)
                        .permissionHandler(allowing(PermissionUpdate.addDirectories(folder.toString())))
                        .build(),
                session -> {
                    api.reply(write(folder.resolve("first")), Reply.text("done"));
                    session.query("write it");
                    assertThat(asked).containsExactly("Write");
                },
                session -> {
                    Path file = folder.resolve("later");
                    file.toFile().delete();
                    api.reply(write(file), Reply.text("done"));
                    session.query("write another");
                    assertThat(asked).hasSize(1);
                    assertThat(file).exists();
                });
    }

    @Test
    void workingFolder() throws IOException {
        Path sub = Files.createDirectory(cwd.resolve("sub"));
        overRestarts(
                builder().allowedTools("Bash").build(),
                session -> {
                    api.reply(Reply.text("I keep it"));
                    session.query("my colour is blue");
                    DirectoryChange change = session.controls().changeDirectory(sub);
                    if (!change.ok()) {
                        change = session.controls().changeDirectory(sub, String.valueOf(change.directory()));
                    }
                    assertThat(change.ok()).as(change.toString()).isTrue();
                },
                session -> {
                    sub.resolve("here").toFile().delete();
                    api.reply(bash("pwd > here"), Reply.text("done"));
                    session.query("where?");
                    assertThat(sub.resolve("here")).content().contains("sub");
                    assertThat(context()).containsSubsequence("my colour is blue", "I keep it", "where?");
                });
    }
}
