package io.github.claudesessions.functional;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.claudesessions.ClaudeOptions;
import io.github.claudesessions.ClaudeSession;
import io.github.claudesessions.control.Plan;
import io.github.claudesessions.message.Message;
import io.github.claudesessions.message.PermissionDenial;
import io.github.claudesessions.message.PermissionMode;
import io.github.claudesessions.message.StatusMessage;
import io.github.claudesessions.permission.PermissionDecision;
import io.github.claudesessions.permission.PermissionHandler;
import io.github.claudesessions.permission.PermissionPolicy;
import io.github.claudesessions.permission.PermissionRequest;
import io.github.claudesessions.permission.PlanReply;
import io.github.claudesessions.permission.PlanRequest;
import io.github.claudesessions.permission.QuestionReply;
import io.github.claudesessions.permission.QuestionRequest;
import io.github.claudesessions.testing.Reply;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Questions and plans of the model, on the real CLI. */
@Tag("unix")
@Timeout(60)
class PlanAndQuestionTest extends AskedOnCli {
    @Test
    void questionsOfTheModel() {
        api.reply(
                Reply.toolUse(
                        "AskUserQuestion",
                        Map.of(
                                "questions",
                                List.of(
                                        question("Which colour?", false, "Red", "Blue"),
                                        question("Which sizes?", true, "Small", "Medium", "Large")))),
                Reply.text("thanks"));
        List<QuestionRequest.Question> seen = new CopyOnWriteArrayList<>();
        try (ClaudeSession session = open(new PermissionHandler() {
            @Override
            public PermissionDecision decide(PermissionRequest request) {
                return PermissionDecision.deny("not expected");
            }

            @Override
            public QuestionReply answer(QuestionRequest request) {
                seen.addAll(request.questions());
                return QuestionReply.answer(request.questions().get(0), "Blue")
                        .and(request.questions().get(1), "Small", "Large");
            }
        })) {
            assertThat(session.query("go").text()).isEqualTo("thanks");
        }
        assertThat(seen).hasSize(2);
        assertThat(seen.get(1).multiSelect()).isTrue();
        assertThat(seen.get(0).options().get(0).label()).isEqualTo("Red");
        assertThat(asked.getFirst().requiresUserInteraction()).isTrue();
        assertThat(context()).contains("Which colour?", "Blue", "Small, Large").doesNotContain("not expected");
    }

    private static Map<String, Object> question(String text, boolean multiSelect, String... labels) {
        return Map.of(
                "question",
                text,
                "header",
                "Head",
                "multiSelect",
                multiSelect,
                "options",
                List.of(labels).stream()
                        .map(label -> Map.of("label", label, "description", "the " + label))
                        .toList());
    }

    @Test
    void questionsCanBeDeclined() {
        api.reply(
                Reply.toolUse(
                        "AskUserQuestion",
                        Map.of("questions", List.of(question("Which colour?", false, "Red", "Blue")))),
                Reply.text("well"));
        try (ClaudeSession session = open(new PermissionHandler() {
            @Override
            public PermissionDecision decide(PermissionRequest request) {
                return PermissionDecision.allow();
            }

            @Override
            public QuestionReply answer(QuestionRequest request) {
                return QuestionReply.decline("nobody is at home");
            }
        })) {
            session.query("go");
        }
        assertThat(context()).contains("nobody is at home");
    }

    private PermissionHandler reviewer(PlanReply reply, AtomicReference<String> plan) {
        return new PermissionHandler() {
            @Override
            public PermissionDecision decide(PermissionRequest request) {
                return PermissionDecision.deny("not expected");
            }

            @Override
            public PlanReply review(PlanRequest request) {
                plan.set(request.plan());
                return reply;
            }
        };
    }

    @Test
    void aPlanIsApprovedWithAMode() {
        api.reply(
                Reply.toolUse("ExitPlanMode", Map.of("plan", "1. write")),
                Reply.toolUse("Write", Map.of("file_path", cwd.resolve("w").toString(), "content", "x")),
                Reply.text("done"));
        AtomicReference<String> plan = new AtomicReference<>("not asked");
        ClaudeOptions options = options(reviewer(PlanReply.approve(PermissionMode.ACCEPT_EDITS), plan))
                .permissionMode(PermissionMode.PLAN)
                .build();
        List<Message> seen = new CopyOnWriteArrayList<>();
        try (ClaudeSession session = ClaudeSession.open(options)) {
            session.onMessage(seen::add);
            assertThat(session.query("go").text()).isEqualTo("done");
        }
        assertThat(asked).extracting(PermissionRequest::toolName).containsExactly("ExitPlanMode");
        assertThat(plan.get())
                .as("the CLI reads it from its file, which is not there")
                .isEmpty();
        assertThat(cwd.resolve("w")).exists();
        Eventually.within(
                Duration.ofSeconds(20), seen::toString, () -> seen.stream().anyMatch(StatusMessage.class::isInstance));
    }

    @Test
    void aPlanIsRejectedWithFeedback() {
        api.reply(Reply.toolUse("ExitPlanMode", Map.of("plan", "1. write")), Reply.text("thinking again"));
        AtomicReference<String> plan = new AtomicReference<>("");
        ClaudeOptions options = options(reviewer(PlanReply.reject("more tests please"), plan))
                .permissionMode(PermissionMode.PLAN)
                .build();
        try (ClaudeSession session = ClaudeSession.open(options)) {
            session.query("go");
        }
        assertThat(context()).contains("more tests please");
    }

    @Test
    void planFirst() throws IOException {
        String file = cwd.resolve("w").toString();
        Reply write = Reply.toolUse("Write", Map.of("file_path", file, "content", "x"));
        Reply command = Reply.toolUse("Bash", Map.of("command", "sh -c 'touch made'", "description", "d"));
        Reply plain = Reply.toolUse("Bash", Map.of("command", "touch plain", "description", "d"));
        Reply remove = Reply.toolUse("Bash", Map.of("command", "rm old", "description", "d"));
        Files.createFile(cwd.resolve("old"));
        Reply present = Reply.toolUse("ExitPlanMode", Map.of("plan", "write"));
        api.reply(write, present, write, command, plain, remove, Reply.text("done"));
        ClaudeOptions options = options(PermissionPolicy.planFirst())
                .permissionMode(PermissionMode.PLAN)
                .build();
        try (ClaudeSession session = ClaudeSession.open(options)) {
            assertThat(session.query("go").permissionDenials())
                    .extracting(PermissionDenial::toolName)
                    .containsExactly("Write", "Bash");
        }
        assertThat(cwd.resolve("w")).exists();
        assertThat(cwd.resolve("made")).doesNotExist();
        assertThat(cwd.resolve("plain")).as("mode acceptEdits asks nobody").exists();
        assertThat(cwd.resolve("old")).doesNotExist();
    }

    @Test
    void aPlanComesFromTheFileThatTheModelWrote() {
        Pattern place = Pattern.compile("plan at (/[^ ]+\\.md)");
        api.replyWith(request -> {
            String all = request.messages().toString();
            if (!all.contains("tool_result")) {
                Matcher path = place.matcher(all);
                assertThat(path.find()).isTrue();
                return Reply.toolUse("Write", Map.of("file_path", path.group(1), "content", "# Step 1"));
            }
            return all.contains("approved your plan") ? Reply.text("done") : Reply.toolUse("ExitPlanMode", Map.of());
        });
        AtomicReference<PlanRequest> plan = new AtomicReference<>();
        ClaudeOptions options = options(new PermissionHandler() {
                    @Override
                    public PermissionDecision decide(PermissionRequest request) {
                        return PermissionDecision.deny("not expected");
                    }

                    @Override
                    public PlanReply review(PlanRequest request) {
                        plan.set(request);
                        return PlanReply.approve();
                    }
                })
                .permissionMode(PermissionMode.PLAN)
                .build();
        try (ClaudeSession session = ClaudeSession.open(options)) {
            assertThat(session.query("go").text()).isEqualTo("done");
            String file = plan.get().planFile();
            assertThat(file).endsWith(".md");
            assertThat(session.controls().plan()).isEqualTo(new Plan(true, "# Step 1", file));
        }
        assertThat(plan.get().plan()).isEqualTo("# Step 1");
    }
}
