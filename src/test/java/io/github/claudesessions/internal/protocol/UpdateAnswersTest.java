package io.github.claudesessions.internal.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.claudesessions.permission.PermissionBehavior;
import io.github.claudesessions.permission.PermissionDecision;
import io.github.claudesessions.permission.PermissionHandler;
import io.github.claudesessions.permission.PermissionRule;
import io.github.claudesessions.permission.PermissionUpdate;
import java.time.Duration;
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
