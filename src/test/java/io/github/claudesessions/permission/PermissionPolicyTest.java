package io.github.claudesessions.permission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.claudesessions.ClaudeOptions;
import io.github.claudesessions.message.PermissionMode;
import io.github.claudesessions.permission.PermissionPolicy.Explanation;
import io.github.claudesessions.permission.PermissionPolicy.Outcome;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class PermissionPolicyTest {
    private static PermissionDecision decide(PermissionPolicy policy, String tool, Map<String, ?> input)
            throws Exception {
        return policy.decide(PermissionRequest.of(tool, input));
    }

    @Test
    void theFirstRuleThatMatchesDecides() throws Exception {
        // @start region="policy"
        PermissionPolicy policy = PermissionPolicy.builder()
                .deny("Bash", input -> String.valueOf(input.get("command")).contains("rm "), "nothing is removed here")
                .allow("Bash", "Read")
                .ask("mcp__github__*", request -> PermissionDecision.deny("ask me tomorrow"))
                .build();
        ClaudeOptions options =
                ClaudeOptions.builder().permissionHandler(policy).build();
        Explanation why = policy.explain("Bash", Map.of("command", "rm -r ."));
        // @end
        assertThat(options.permissionHandler()).containsSame(policy);
        assertThat(why).isEqualTo(new Explanation(Outcome.DENY, 1, "rule 1 denies Bash with this input"));
        assertThat(policy.explain("Bash", Map.of("command", "ls")))
                .isEqualTo(new Explanation(Outcome.ALLOW, 2, "rule 2 allows Bash"));
        assertThat(policy.explain("Read", Map.of()).rule()).isEqualTo(3);
        assertThat(policy.explain("mcp__github__push", Map.of()).outcome()).isEqualTo(Outcome.ASK);
        assertThat(policy.explain("Write", Map.of()))
                .isEqualTo(new Explanation(Outcome.DENY, 0, "no rule allows Write"));

        assertThat(decide(policy, "Bash", Map.of("command", "rm x")))
                .isEqualTo(PermissionDecision.deny("nothing is removed here"));
        assertThat(decide(policy, "Bash", Map.of("command", "ls"))).isEqualTo(PermissionDecision.allow());
        assertThat(decide(policy, "mcp__github__push", Map.of())).isEqualTo(PermissionDecision.deny("ask me tomorrow"));
        assertThat(decide(policy, "Write", Map.of())).isInstanceOf(PermissionDecision.Deny.class);
        assertThat(policy.toString()).contains("[rule 1 denies Bash with this input]");
    }

    @Test
    void aRuleThatFailsDenies() throws Exception {
        PermissionPolicy policy = PermissionPolicy.builder()
                .deny(
                        "Bash",
                        input -> {
                            throw new IllegalStateException("made up");
                        },
                        "no")
                .allow("*")
                .build();
        assertThat(policy.explain("Bash", Map.of()).outcome()).isEqualTo(Outcome.DENY);
        assertThat(decide(policy, "Bash", Map.of())).isInstanceOf(PermissionDecision.Deny.class);
        assertThat(decide(policy, "Read", Map.of())).isEqualTo(PermissionDecision.allow());
    }

    @Test
    void presets() throws Exception {
        assertThat(decide(PermissionPolicy.denyAll(), "Read", Map.of())).isInstanceOf(PermissionDecision.Deny.class);
        assertThat(decide(PermissionPolicy.builder().build(), "Read", Map.of()))
                .isInstanceOf(PermissionDecision.Deny.class);
        for (String tool : List.of("Read", "Grep", "Glob")) {
            assertThat(PermissionPolicy.readOnly().explain(tool, Map.of()).outcome())
                    .isEqualTo(Outcome.ALLOW);
        }
        for (String tool : List.of("Write", "Edit", "Bash", "WebFetch", "mcp__x__y", "ExitPlanMode")) {
            assertThat(PermissionPolicy.readOnly().explain(tool, Map.of()).outcome())
                    .isEqualTo(Outcome.DENY);
        }
    }

    @Test
    void planFirstApprovesPlansAndNothingElse() throws Exception {
        PermissionPolicy policy = PermissionPolicy.planFirst();
        PlanRequest plan = PlanRequest.of(PermissionRequest.of("ExitPlanMode", Map.of("plan", "p")))
                .orElseThrow();
        assertThat(plan.plan()).isEqualTo("p");
        assertThat(policy.review(plan)).isEqualTo(PlanReply.approve(PermissionMode.ACCEPT_EDITS));
        for (String tool : List.of("Write", "Bash", "AskUserQuestion")) {
            assertThat(decide(policy, tool, Map.of())).isInstanceOf(PermissionDecision.Deny.class);
        }
        PermissionPolicy reviewed = PermissionPolicy.planFirst(request -> PermissionDecision.deny("think again"));
        assertThat(reviewed.review(plan).toDecision()).isEqualTo(PermissionDecision.deny("think again"));
    }

    @Test
    void answersAreKeyedByTheTextOfTheQuestion() {
        Map<String, Object> input = Map.of(
                "questions",
                List.of(
                        Map.of("question", "Which?", "options", List.of(Map.of("label", "A"), "odd"), "new", 1),
                        Map.of("question", "Several?", "multiSelect", true)));
        QuestionRequest request = QuestionRequest.of(PermissionRequest.of("AskUserQuestion", input))
                .orElseThrow();
        QuestionRequest.Question which = request.questions().get(0);
        QuestionRequest.Question several = request.questions().get(1);

        PermissionDecision decision =
                QuestionReply.answer(which, "A").and(several, "B", "C").toDecision(request);
        assertThat(decision)
                .isInstanceOfSatisfying(
                        PermissionDecision.Allow.class,
                        allow -> assertThat(allow.updatedInput())
                                .containsEntry("answers", Map.of("Which?", "A", "Several?", "B, C"))
                                .containsKey("questions"));
        assertThatThrownBy(() -> QuestionReply.answer(which, "A", "B")).isInstanceOf(IllegalArgumentException.class);
        assertThat(QuestionRequest.of(PermissionRequest.of("AskUserQuestion", Map.of("questions", "odd"))))
                .isEmpty();
        assertThat(QuestionReply.decline("no").toDecision(request)).isEqualTo(PermissionDecision.deny("no"));
    }

    @Test
    void privateTextIsNotPrinted() {
        PermissionRequest request = PermissionRequest.of("Bash", Map.of("command", "secret"));
        assertThat(request.toString()).doesNotContain("secret");
        assertThat(PermissionDecision.allow().withInput(request.input()).toString())
                .doesNotContain("secret");
    }
}
