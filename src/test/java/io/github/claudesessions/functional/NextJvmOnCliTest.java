package io.github.claudesessions.functional;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.claudesessions.ClaudeOptions;
import io.github.claudesessions.ClaudeSession;
import io.github.claudesessions.SessionSupervisor;
import io.github.claudesessions.message.InitMessage;
import io.github.claudesessions.message.Message;
import io.github.claudesessions.message.PermissionMode;
import io.github.claudesessions.permission.PermissionBehavior;
import io.github.claudesessions.permission.PermissionDecision;
import io.github.claudesessions.permission.PermissionRule;
import io.github.claudesessions.permission.PermissionUpdate;
import io.github.claudesessions.testing.Reply;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What was forbidden at run time stays forbidden when the JVM is replaced. */
@Timeout(90)
@Tag("unix")
class NextJvmOnCliTest extends OnRealCli {
    private final List<String> asked = new CopyOnWriteArrayList<>();

    @TempDir
    Path temp;

    private SessionSupervisor supervisor() {
        return SessionSupervisor.builder().stateFolder(temp.resolve("state")).open();
    }

    /** They let the model write files and run commands unless it is forbidden at run time. */
    private ClaudeOptions loose() {
        PermissionUpdate rule = PermissionUpdate.addRules(PermissionBehavior.DENY, PermissionRule.of("Bash"));
        return builder()
                .permissionMode(PermissionMode.ACCEPT_EDITS)
                .allowedTools("Bash")
                .permissionHandler(request -> {
                    asked.add(request.toolName());
                    return PermissionDecision.allow().remember(rule);
                })
                .build();
    }

    @Test
    void modeAndRuleHoldInTheNextSupervisor() {
        double spent;
        try (SessionSupervisor first = supervisor()) {
            ClaudeSession session = first.start("a", loose());
            String outside = temp.resolve("outside").toString();
            api.reply(Reply.toolUse("Write", Map.of("file_path", outside, "content", "x")), Reply.text("noted"));
            session.query("my colour is blue");
            assertThat(asked).containsExactly("Write");
            session.setPermissionMode(PermissionMode.PLAN);
            spent = session.cost().usd();
        }
        try (SessionSupervisor second = supervisor()) {
            ClaudeSession session = second.perUser("a", loose());
            assertThat(session.cost().usd()).isPositive().isEqualTo(spent);
            api.reply(bash("touch made"), Reply.text("blue"));
            List<Message> turn = session.stream("which colour?").toList();
            assertThat(turn)
                    .filteredOn(message -> message instanceof InitMessage)
                    .allSatisfy(message ->
                            assertThat(((InitMessage) message).permissionMode()).isEqualTo(PermissionMode.PLAN))
                    .isNotEmpty();
            assertThat(cwd.resolve("made")).doesNotExist();
            assertThat(asked).hasSize(1);
            assertThat(api.lastRequest().messages().toString()).contains("my colour is blue");
            assertThat(session.cost().usd()).isGreaterThan(spent);
        }
    }
}
