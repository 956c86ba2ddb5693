package io.github.claudesessions.permission;

import io.github.claudesessions.internal.Check;
import io.github.claudesessions.internal.Frozen;
import io.github.claudesessions.message.PermissionMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A handler made of rules: the first that matches a call decides about it, and a call that none matches is denied. It is
 * asked, like any handler, only about the calls that the CLI does not decide itself: in the default mode the CLI reads
 * files below the working directory without a question. Immutable and safe for use by several threads and sessions.
 *
 * {@snippet file="io/github/claudesessions/permission/PermissionPolicyTest.java" region="policy"}
 */
public final class PermissionPolicy implements PermissionHandler {
    private static final Logger log = LoggerFactory.getLogger(PermissionPolicy.class);

    private static final String[] READING = {
        "Read",
        "Glob",
        "Grep",
        "LSP",
        "ListMcpResourcesTool",
        "ReadMcpResourceTool",
        "ReadMcpResourceDirTool",
        "TaskGet",
        "TaskList",
        "ToolSearch"
    };

    /** What a rule leads to. */
    public enum Outcome {
        /** The call runs. */
        ALLOW,
        /** The call does not run. */
        DENY,
        /** Another handler decides. */
        ASK
    }

    /**
     * Which rule decides about a call, and why.
     *
     * @param outcome what it leads to
     * @param rule number of the rule, from 1; 0 if none matched
     * @param reason the rule in words
     */
    public record Explanation(Outcome outcome, int rule, String reason) {}

    private record Rule(
            String tool,
            Predicate<? super Map<String, Object>> input,
            boolean any,
            Outcome outcome,
            PermissionHandler handler) {
        boolean names(String toolName) {
            return tool.endsWith("*")
                    ? toolName.startsWith(tool.substring(0, tool.length() - 1))
                    : toolName.equals(tool);
        }
    }

    private record Match(Explanation explanation, PermissionHandler handler) {}

    private final List<Rule> rules;

    private PermissionPolicy(List<Rule> rules) {
        this.rules = List.copyOf(rules);
    }

    /** Without rules, which denies everything. */
    public static Builder builder() {
        return new Builder();
    }

    /** Nothing is allowed. */
    public static PermissionPolicy denyAll() {
        return builder().deny("*", "no tool is allowed here").build();
    }

    /** Files and resources may be read and searched; nothing may be changed, run, or fetched from the network. */
    public static PermissionPolicy readOnly() {
        return builder()
                .allow(READING)
                .deny("*", "only reading is allowed here")
                .build();
    }

    /**
     * Reading is allowed until the model presents a plan; that is approved as it is, and then files may be edited (mode
     * {@code acceptEdits}), but nothing else. In that mode the CLI also runs plain commands on files below the working
     * directory, such as {@code touch} and {@code rm}, without asking. Meant for a session in permission mode
     * {@code plan}.
     */
    public static PermissionPolicy planFirst() {
        return planFirst(new PermissionHandler() {
            @Override
            public PermissionDecision decide(PermissionRequest request) {
                return PermissionDecision.deny("nobody is there to be asked");
            }

            @Override
            public PlanReply review(PlanRequest plan) {
                return PlanReply.approve(PermissionMode.ACCEPT_EDITS);
            }
        });
    }

    /** As {@link #planFirst()}, with {@code reviewer} asked about the plan and the questions of the model. */
    public static PermissionPolicy planFirst(PermissionHandler reviewer) {
        return builder()
                .allow(READING)
                .allow("EnterPlanMode")
                .ask(PlanRequest.TOOL, reviewer)
                .ask(QuestionRequest.TOOL, reviewer)
                .deny("*", "make a plan first and present it with ExitPlanMode; only its approval allows edits")
                .build();
    }

    /** Says what becomes of a call, without asking anybody. */
    public Explanation explain(String toolName, Map<String, ?> input) {
        return match(Check.notNull("toolName", toolName), Frozen.map(Check.notNull("input", input)))
                .explanation();
    }

    @Override
    public PermissionDecision decide(PermissionRequest request) throws Exception {
        return match(request).decide(request);
    }

    @Override
    public QuestionReply answer(QuestionRequest questions) throws Exception {
        return match(questions.request()).answer(questions);
    }

    @Override
    public PlanReply review(PlanRequest plan) throws Exception {
        return match(plan.request()).review(plan);
    }

    private PermissionHandler match(PermissionRequest request) {
        Match match = match(request.toolName(), request.input());
        log.debug("{}: {}", request, match.explanation());
        return match.handler();
    }

    private Match match(String toolName, Map<String, Object> input) {
        for (int i = 0; i < rules.size(); i++) {
            Rule rule = rules.get(i);
            if (!rule.names(toolName)) {
                continue;
            }
            try {
                if (rule.input().test(input)) {
                    return new Match(new Explanation(rule.outcome(), i + 1, describe(rule, i + 1)), rule.handler());
                }
            } catch (RuntimeException e) {
                String reason = "rule %d can't judge this input of %s".formatted(i + 1, toolName);
                log.warn("A permission rule failed: {}", reason, e);
                return new Match(new Explanation(Outcome.DENY, i + 1, reason), r -> PermissionDecision.deny(reason));
            }
        }
        String reason = "no rule allows " + toolName;
        return new Match(new Explanation(Outcome.DENY, 0, reason), r -> PermissionDecision.deny(reason));
    }

    private static String describe(Rule rule, int number) {
        String verb = switch (rule.outcome()) {
            case ALLOW -> "allows";
            case DENY -> "denies";
            case ASK -> "asks about";
        };
        String tool = rule.tool().equals("*") ? "every tool" : rule.tool();
        return "rule %d %s %s%s".formatted(number, verb, tool, rule.any() ? "" : " with this input");
    }

    /** The rules in words, one in brackets after the other. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("PermissionPolicy");
        for (int i = 0; i < rules.size(); i++) {
            text.append('[').append(describe(rules.get(i), i + 1)).append(']');
        }
        return text.toString();
    }

    /**
     * Collects rules, in the order in which they are tried. A tool is named exactly, or by how its name begins with
     * {@code *} after it, as in {@code mcp__github__*}; {@code *} alone is every tool. A predicate gets the input of the
     * call; when it throws, the call is denied. Not safe for use by several threads.
     */
    public static final class Builder {
        private final List<Rule> rules = new ArrayList<>();

        private Builder() {}

        /** Allows every call of these tools. */
        public Builder allow(String... tools) {
            Arrays.stream(tools).forEach(tool -> add(tool, null, Outcome.ALLOW, r -> PermissionDecision.allow()));
            return this;
        }

        /** Allows the calls of {@code tool} with such an input. */
        public Builder allow(String tool, Predicate<? super Map<String, Object>> input) {
            return add(tool, Check.notNull("input", input), Outcome.ALLOW, r -> PermissionDecision.allow());
        }

        /** Denies every call of {@code tool}; the model is told {@code message}. */
        public Builder deny(String tool, String message) {
            Check.notBlank("message", message);
            return add(tool, null, Outcome.DENY, r -> PermissionDecision.deny(message));
        }

        /** Denies the calls of {@code tool} with such an input; the model is told {@code message}. */
        public Builder deny(String tool, Predicate<? super Map<String, Object>> input, String message) {
            Check.notBlank("message", message);
            return add(tool, Check.notNull("input", input), Outcome.DENY, r -> PermissionDecision.deny(message));
        }

        /** Has {@code handler} decide about every call of {@code tool}. */
        public Builder ask(String tool, PermissionHandler handler) {
            return add(tool, null, Outcome.ASK, Check.notNull("handler", handler));
        }

        /** Has {@code handler} decide about the calls of {@code tool} with such an input. */
        public Builder ask(String tool, Predicate<? super Map<String, Object>> input, PermissionHandler handler) {
            return add(tool, Check.notNull("input", input), Outcome.ASK, Check.notNull("handler", handler));
        }

        private Builder add(
                String tool,
                @Nullable Predicate<? super Map<String, Object>> input,
                Outcome outcome,
                PermissionHandler handler) {
            Check.notBlank("tool", tool);
            rules.add(new Rule(tool, input == null ? any -> true : input, input == null, outcome, handler));
            return this;
        }

        /** The policy. */
        public PermissionPolicy build() {
            return new PermissionPolicy(rules);
        }
    }
}
