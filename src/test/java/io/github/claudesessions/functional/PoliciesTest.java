package io.github.claudesessions.functional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.claudesessions.Claude;
import io.github.claudesessions.ClaudeOptions;
import io.github.claudesessions.ClaudeSession;
import io.github.claudesessions.PermissionPrompts;
import io.github.claudesessions.Sandbox;
import io.github.claudesessions.SettingSource;
import io.github.claudesessions.control.Rewind;
import io.github.claudesessions.error.ControlException;
import io.github.claudesessions.error.SessionStartException;
import io.github.claudesessions.message.PermissionMode;
import io.github.claudesessions.message.ResultMessage;
import io.github.claudesessions.testing.Reply;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Settings, policies, sandbox, permissions and checkpoints, on the real CLI. */
@Timeout(60)
class PoliciesTest extends OnRealCli {
    @Test
    void settingsAreInForce() {
        Map<String, Object> settings = Map.of("cleanupPeriodDays", 7, "env", Map.of("SOME", "thing"));
        Map<String, Object> policy =
                Map.of("permissions", Map.of("deny", List.of("WebFetch", "Bash(rm *)")), "disableAllHooks", true);
        try (ClaudeSession session = ClaudeSession.open(
                builder().settings(settings).managedSettings(policy).build())) {
            assertThat(session.controls().settings().get("effective").toString())
                    .contains("cleanupPeriodDays=7", "SOME=thing", "WebFetch", "crossSessionInbound=refuse");
            assertThat(session.controls().settings().get("sources").toString())
                    .contains("policySettings", "flagSettings");
        }
    }

    @Test
    void aSettingThatTheCliDoesNotUnderstandFailsTheOpening() {
        assertThatThrownBy(() -> ClaudeSession.open(
                        builder().settings(Map.of("cleanupPeriodDays", "never")).build()))
                .isInstanceOf(SessionStartException.class)
                .hasMessageContaining("cleanupPeriodDays");
    }

    @Test
    void aPolicyThatIsNotInForceFailsTheOpening() {
        assertThatThrownBy(() -> ClaudeSession.open(builder()
                        .managedSettings(Map.of("permissions", Map.of("deny", 3), "model", "opus"))
                        .build()))
                .isInstanceOfSatisfying(
                        SessionStartException.class,
                        e -> assertThat(e.errors())
                                .containsExactlyInAnyOrder(
                                        "managedSettings permissions is not in force",
                                        "managedSettings model is not in force"));
    }

    @Test
    @Tag("linux")
    void aSandboxThatCanNotBeBuiltFailsTheOpening() {
        ClaudeOptions.Builder without = builder().env("PATH", cwd.toString());
        assertThatThrownBy(() ->
                        ClaudeSession.open(without.sandbox(Sandbox.standard()).build()))
                .isInstanceOf(SessionStartException.class)
                .hasMessageContaining("Sandbox required but unavailable");

        try (ClaudeSession session = ClaudeSession.open(without.sandbox(Sandbox.builder()
                        .failIfUnavailable(false)
                        .denyRead("/secrets")
                        .build())
                .build())) {
            assertThat(session.controls().settings().get("effective").toString())
                    .contains("denyRead=[/secrets]");
        }
    }

    @Test
    void filesAreRewound() throws IOException {
        Path file = Files.writeString(cwd.resolve("a.txt"), "before\n");
        api.reply(
                Reply.toolUse("Read", Map.of("file_path", file.toString())),
                Reply.toolUse("Write", Map.of("file_path", file.toString(), "content", "after\nmore\n")),
                Reply.text("written"));
        try (ClaudeSession session = ClaudeSession.open(builder()
                .enableFileCheckpointing(true)
                .permissionMode(PermissionMode.ACCEPT_EDITS)
                .build())) {
            ResultMessage result = session.query("change it");
            assertThat(file).hasContent("after\nmore");
            String prompt = result.userMessageUuids().getFirst();

            Rewind dry = session.rewindFiles(prompt, true);
            assertThat(dry.canRewind()).isTrue();
            assertThat(dry.filesChanged()).containsExactly(file.toString());
            assertThat(file).hasContent("after\nmore");

            assertThat(session.rewindFiles(prompt, false).canRewind()).isTrue();
            assertThat(file).hasContent("before");
        }
    }

    @Test
    void withoutCheckpointsNothingIsRewound() {
        try (ClaudeSession session = ClaudeSession.open(builder().build())) {
            assertThatThrownBy(() -> session.rewindFiles("6f1c2f0e-0000-4000-8000-00000000000a", false))
                    .isInstanceOf(ControlException.class)
                    .hasMessageContaining("not enabled");
        }
    }

    @Test
    void bypassingMustBeAllowedBeforehand() {
        try (ClaudeSession session = ClaudeSession.open(builder()
                .env("IS_SANDBOX", "1")
                .allowDangerouslySkipPermissions(true)
                .build())) {
            session.setPermissionMode(PermissionMode.BYPASS_PERMISSIONS);
        }
        try (ClaudeSession session =
                ClaudeSession.open(builder().env("IS_SANDBOX", "1").build())) {
            assertThatThrownBy(() -> session.setPermissionMode(PermissionMode.BYPASS_PERMISSIONS))
                    .isInstanceOfSatisfying(
                            ControlException.class,
                            e -> assertThat(e.errorCode()).isEqualTo("bypass_not_launched"));
        }
    }

    @Test
    void whatNobodyAnswersIsDenied() {
        Path file = cwd.resolve("b.txt");
        api.reply(Reply.toolUse("Write", Map.of("file_path", file.toString(), "content", "x")), Reply.text("no"));
        ResultMessage result = Claude.query(
                "write", builder().permissionPrompts(PermissionPrompts.NONE).build());
        assertThat(file).doesNotExist();
        assertThat(result.permissionDenials()).hasSize(1);
    }

    @Test
    void theProjectsSettingsCanComeFromElsewhere() throws IOException {
        Path elsewhere = project("elsewhere", 11);
        Path work = project("work", 12);
        try (ClaudeSession session = ClaudeSession.open(builder()
                .cwd(work)
                .projectConfigRoot(elsewhere)
                .settingSources(SettingSource.PROJECT)
                .build())) {
            assertThat(session.controls().settings().get("effective").toString())
                    .contains("cleanupPeriodDays=11");
        }
    }

    private Path project(String name, int days) throws IOException {
        Path project = cwd.resolve(name);
        Files.createDirectories(project.resolve(".claude"));
        Files.writeString(project.resolve(".claude/settings.json"), "{\"cleanupPeriodDays\": " + days + "}");
        return project;
    }
}
