package io.github.claudesessions.functional;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.claudesessions.SessionSupervisor;
import io.github.claudesessions.hook.HookEvent;
import io.github.claudesessions.hook.Hooks;
import io.github.claudesessions.hook.PermissionRequestOutput;
import io.github.claudesessions.permission.PermissionBehavior;
import io.github.claudesessions.permission.PermissionDecision;
import io.github.claudesessions.permission.PermissionDestination;
import io.github.claudesessions.permission.PermissionHandler;
import io.github.claudesessions.permission.PermissionRule;
import io.github.claudesessions.permission.PermissionUpdate;
import io.github.claudesessions.testing.Reply;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A rule that was given for the session holds in its next process too, whatever the rule is made of. */
@Timeout(60)
@Tag("unix")
@Tag("long")
class RememberedRulesTest extends OnRealCli {
    @ParameterizedTest
    @ValueSource(
            strings = {"touch one\ntouch two", "touch \"(a\" && touch ')b'", "touch '('", "touch 'a\\(b'", "touch a, b"
            })
    void holdsInTheNextProcess(String command) {
        AtomicInteger asked = new AtomicInteger();
        PermissionHandler handler = request -> {
            asked.incrementAndGet();
            return PermissionDecision.allow()
                    .remember(PermissionUpdate.addRules(
                            PermissionBehavior.ALLOW,
                            PermissionRule.of("Bash", command),
                            new PermissionRule("mcp__one__two", "odd (")));
        };
        api.replyWith(request ->
                request.messages().getLast().toString().contains("tool_result") ? Reply.text("done") : bash(command));
        try (SessionSupervisor supervisor = SessionSupervisor.builder()
                .session("a", builder().permissionHandler(handler).build())
                .open()) {
            assertThat(supervisor.query("a", "one").text()).isEqualTo("done");
            supervisor.restart("a");
            assertThat(supervisor.query("a", "two").text()).isEqualTo("done");
            assertThat(api.lastRequest().messages().getLast().toString()).doesNotContain("is_error=true");
        }
        assertThat(asked).hasValue(1);
    }

    @Test
    void canBeTakenBackInTheNextProcess() {
        List<Object> asked = new CopyOnWriteArrayList<>();
        PermissionRule rule = PermissionRule.of("Bash", "touch one");
        PermissionHandler handler = request -> {
            Object command = request.input().get("command");
            asked.add(command);
            return PermissionDecision.allow()
                    .remember(
                            "touch one".equals(command)
                                    ? PermissionUpdate.addRules(PermissionBehavior.ALLOW, rule)
                                    : new PermissionUpdate.RemoveRules(
                                            List.of(rule),
                                            PermissionBehavior.ALLOW,
                                            PermissionDestination.SESSION,
                                            Map.of()));
        };
        api.reply(
                bash("touch one"),
                Reply.text("done"),
                bash("touch one"),
                bash("touch two"),
                bash("touch one"),
                Reply.text("done"));
        try (SessionSupervisor supervisor = SessionSupervisor.builder()
                .session("a", builder().permissionHandler(handler).build())
                .open()) {
            assertThat(supervisor.query("a", "one").text()).isEqualTo("done");
            supervisor.restart("a");
            assertThat(supervisor.query("a", "two").text()).isEqualTo("done");
        }
        assertThat(asked).containsExactly("touch one", "touch two", "touch one");
    }

    @Test
    void holdsInTheNextProcessIfAHookHasGivenIt() {
        AtomicInteger asked = new AtomicInteger();
        Hooks hooks = Hooks.builder()
                .on(HookEvent.PERMISSION_REQUEST, input -> {
                    asked.incrementAndGet();
                    return PermissionRequestOutput.decide(PermissionDecision.allow()
                            .remember(PermissionUpdate.addRules(
                                    PermissionBehavior.ALLOW, PermissionRule.of("Bash", "touch one"))));
                })
                .build();
        api.replyWith(request -> request.messages().getLast().toString().contains("tool_result")
                ? Reply.text("done")
                : bash("touch one"));
        try (SessionSupervisor supervisor = SessionSupervisor.builder()
                .session(
                        "a",
                        builder()
                                .hooks(hooks)
                                .permissionHandler(request -> {
                                    new CountDownLatch(1).await(); // until the hook has decided
                                    return PermissionDecision.deny("the hook decides");
                                })
                                .build())
                .open()) {
            for (String prompt : List.of("one", "two")) {
                assertThat(supervisor.query("a", prompt).text()).isEqualTo("done");
                assertThat(api.lastRequest().messages().getLast().toString()).doesNotContain("is_error=true");
            }
            assertThat(asked).hasValue(1);
            supervisor.restart("a");
            assertThat(supervisor.query("a", "three").text()).isEqualTo("done");
            assertThat(api.lastRequest().messages().getLast().toString()).doesNotContain("is_error=true");
        }
        assertThat(asked).hasValue(1);
    }
}
