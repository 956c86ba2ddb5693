package io.github.claudesessions.internal.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.claudesessions.hook.HookEvent;
import io.github.claudesessions.hook.HookHandler;
import io.github.claudesessions.hook.HookSettings;
import io.github.claudesessions.hook.Hooks;
import io.github.claudesessions.hook.PermissionRequestInput;
import io.github.claudesessions.hook.PermissionRequestOutput;
import io.github.claudesessions.internal.json.Json;
import io.github.claudesessions.permission.PermissionBehavior;
import io.github.claudesessions.permission.PermissionDecision;
import io.github.claudesessions.permission.PermissionDestination;
import io.github.claudesessions.permission.PermissionHandler;
import io.github.claudesessions.permission.PermissionRule;
import io.github.claudesessions.permission.PermissionUpdate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Which changes of permissions hold in the next process. */
@Timeout(30)
class UpdateAnswersTest {
    private static final Duration LIMIT = Duration.ofSeconds(7);
    private static final PermissionDecision ALLOW = PermissionDecision.allow()
            .remember(PermissionUpdate.addRules(PermissionBehavior.ALLOW, PermissionRule.of("Bash", "ls:*")));
    /** What only the CLI can have made. */
    private static final PermissionUpdate SUGGESTED =
            new PermissionUpdate.Unknown(Map.of("type", "fromTheFuture", "destination", "session"));

    private static final Map<String, ?> CALL =
            Map.of("tool_name", "Bash", "input", Map.of("command", "ls"), "tool_use_id", "toolu_1");

    private final Cores cores = new Cores();
    private final SessionCore core = cores.open();
    private final CompletableFuture<Map<String, Object>> answer = new CompletableFuture<>();
    private final CompletableFuture<Thread> handling = new CompletableFuture<>();
    private final CountDownLatch late = new CountDownLatch(1);

    @AfterEach
    void close() {
        late.countDown();
        core.close();
    }

    private TurnSource ask(PermissionHandler handler) {
        core.router().handle("can_use_tool", new PermissionResponder(handler, LIMIT, core.changes()));
        cores.fake.turn(turn -> answer.complete(turn.ask("can_use_tool", CALL)));
        return Cores.begin(core, "go");
    }

    private List<String> allowed() {
        return core.changes().rules().rules(PermissionBehavior.ALLOW);
    }

    /** Allows for good when nobody waits for it any more. */
    private PermissionDecision allowLate() {
        handling.complete(Thread.currentThread());
        boolean over = false;
        while (!over) {
            try {
                late.await();
                over = true;
            } catch (InterruptedException e) {
                // a handler that goes on
            }
        }
        return ALLOW;
    }

    private void handlerEnds() throws Exception {
        late.countDown();
        handling.get().join();
    }

    @Test
    void whatIsAnsweredIsRemembered() {
        Cores.read(ask(request -> ALLOW));
        assertThat(answer.join()).containsEntry("behavior", "allow");
        assertThat(allowed()).containsExactly("Bash(ls:*)");
    }

    @Test
    void whatIsGivenForTheCommandLineIsRememberedAsWell() {
        PermissionUpdate read = PermissionUpdate.addRules(PermissionBehavior.ALLOW, PermissionRule.of("Read"));
        Cores.read(ask(request -> PermissionDecision.allow()
                .remember(
                        read.withDestination(PermissionDestination.CLI_ARG),
                        PermissionUpdate.addRules(PermissionBehavior.ALLOW, PermissionRule.of("Write"))
                                .withDestination(PermissionDestination.USER_SETTINGS))));
        assertThat(allowed()).containsExactly("Read");
    }

    private void inherit(String... tools) {
        Changes earlier = new Changes();
        for (String tool : tools) {
            earlier.answered(List.of(PermissionUpdate.addRules(PermissionBehavior.ALLOW, PermissionRule.of(tool))));
        }
        core.goOnFrom(earlier, true);
    }

    private static PermissionDecision without(String tool) {
        return PermissionDecision.allow()
                .remember(new PermissionUpdate.RemoveRules(
                        List.of(PermissionRule.of(tool)),
                        PermissionBehavior.ALLOW,
                        PermissionDestination.SESSION,
                        Map.of()));
    }

    /** The permissions of the flag settings that the CLI has got. */
    private List<Object> flags() {
        List<Object> all = new ArrayList<>();
        cores.fake.received().forEach(line -> {
            if (line.get("request") instanceof Map<?, ?> request
                    && request.get("settings") instanceof Map<?, ?> settings) {
                all.add(settings.get("permissions"));
            }
        });
        return all;
    }

    @Test
    void anInheritedRuleIsTakenBackBeforeTheAnswerThatRemovesIt() {
        cores.fake.onControl("apply_flag_settings", request -> Map.of());
        inherit("Read", "Write");
        CompletableFuture<Integer> before = new CompletableFuture<>();
        cores.fake.turn(turn -> {
            turn.ask("can_use_tool", CALL);
            before.complete(flags().size());
        });
        core.router()
                .handle("can_use_tool", new PermissionResponder(request -> without("Read"), LIMIT, core.changes()));
        Cores.read(Cores.begin(core, "go"));
        assertThat(before.join()).isEqualTo(2);
        assertThat(flags())
                .containsExactly(Map.of("allow", List.of("Read", "Write")), Map.of("allow", List.of("Write")));
    }

    @Test
    void anInheritedRuleHoldsBesideThoseOfFlagSettings() {
        cores.fake.onControl("apply_flag_settings", request -> Map.of());
        inherit("Read");
        ObjectNode flags = Json.object();
        ObjectNode permissions = flags.putObject("settings").putObject("permissions");
        permissions.putArray("allow").add("Glob");
        permissions.putArray("deny").add("Bash");
        core.control("apply_flag_settings", flags);
        core.control("set_model", Json.object()); // what was asked before has come
        assertThat(flags()).last().isEqualTo(Map.of("allow", List.of("Glob", "Read"), "deny", List.of("Bash")));
        assertThat(core.changes().toJson().path("requests").toString()).doesNotContain("Read");
    }

    @Test
    void aCliThatDoesNotTakeTheInheritedRulesIsUsedWithoutThem() {
        inherit("Read");
        assertThat(flags()).hasSize(1);
        Cores.read(ask(request -> ALLOW));
        assertThat(answer.join()).containsEntry("behavior", "allow");
        assertThat(allowed()).containsExactly("Read", "Bash(ls:*)");
    }

    private TurnSource askHook(HookHandler<PermissionRequestInput, PermissionRequestOutput> hook) {
        Hooks hooks = Hooks.builder()
                .on(HookEvent.PERMISSION_REQUEST, HookSettings.any().within(LIMIT), hook)
                .build();
        core.router().handle("hook_callback", new HookResponder(hooks, core.router(), core.changes()));
        Map<String, ?> input = Map.of(
                "hook_event_name",
                "PermissionRequest",
                "tool_name",
                "Read",
                "permission_suggestions",
                List.of(SUGGESTED.toMap()));
        cores.fake.turn(
                turn -> answer.complete(turn.ask("hook_callback", Map.of("callback_id", "hook_0", "input", input))));
        return Cores.begin(core, "go");
    }

    @Test
    void whatAHookDecidesIsRememberedWithoutWhatIsMalformed() {
        PermissionUpdate rule = PermissionUpdate.addRules(PermissionBehavior.ALLOW, PermissionRule.of("Read"));
        PermissionUpdate malformed =
                PermissionUpdate.addRules(new PermissionBehavior("perhaps"), PermissionRule.of("Write"));
        Cores.read(askHook(input -> PermissionRequestOutput.decide(PermissionDecision.allow()
                .remember(malformed, rule, input.permissionSuggestions().getFirst()))));
        assertThat(answer.join())
                .extractingByKey("hookSpecificOutput")
                .isEqualTo(Map.of(
                        "hookEventName",
                        "PermissionRequest",
                        "decision",
                        Map.of("behavior", "allow", "updatedPermissions", List.of(rule.toMap(), SUGGESTED.toMap()))));
        assertThat(allowed()).containsExactly("Read");
    }

    @Test
    void whatAHookDecidesTooLateIsNotRemembered() throws Exception {
        TurnSource turn = askHook(input -> PermissionRequestOutput.decide(allowLate()));
        handling.get();
        cores.timer.advance(LIMIT);
        Cores.read(turn);
        assertThat(answer.join().toString()).contains("behavior=deny");
        handlerEnds();
        assertThat(allowed()).isEmpty();
    }

    @Test
    void aLateAllowIsNotRemembered() throws Exception {
        TurnSource turn = ask(request -> allowLate());
        handling.get();
        cores.timer.advance(LIMIT);
        Cores.read(turn);
        assertThat(answer.join()).containsEntry("behavior", "deny");
        handlerEnds();
        assertThat(allowed()).isEmpty();
    }

    @Test
    void anAllowAfterTheInterruptIsNotRemembered() throws Exception {
        TurnSource turn = ask(request -> allowLate());
        handling.get();
        core.interrupt(true);
        Cores.read(turn);
        handlerEnds();
        assertThat(allowed()).isEmpty();
    }
}
