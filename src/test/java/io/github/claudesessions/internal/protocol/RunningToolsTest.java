package io.github.claudesessions.internal.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.claudesessions.error.StallSnapshot.RunningTool;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class RunningToolsTest {
    private final RunningTools tools = new RunningTools();

    @Test
    void aCallRunsUntilItsResult() {
        call("a", "Bash", null, 1_000);
        call("b", "Read", null, 2_000);
        result("a");

        assertThat(tools.all(5_000)).containsExactly(new RunningTool("b", "Read", null, Duration.ofNanos(3_000)));
        result("b");
        assertThat(tools.all(5_000)).isEmpty();
        assertThat(tools.anyOfMainAgent()).isFalse();
    }

    @Test
    void theMainAgentDoesNotWaitForTheCallsOfASubagentInTheBackground() {
        call("agent", "Agent", null, 0);
        assertThat(tools.anyOfMainAgent()).isTrue();
        result("agent");
        call("inner", "Bash", "agent", 0);

        assertThat(tools.anyOfMainAgent()).isFalse();
        assertThat(tools.all(0)).hasSize(1);
    }

    @Test
    void theEndOfAnAgentEndsItsCalls() {
        call("agent", "Agent", null, 0);
        call("inner", "Bash", "agent", 0);
        note("\"type\":\"system\",\"subtype\":\"task_notification\",\"task_id\":\"t\",\"tool_use_id\":\"agent\","
                + "\"status\":\"stopped\",\"output_file\":\"\",\"summary\":\"\"");
        assertThat(tools.all(0)).extracting(RunningTool::id).containsExactly("agent");

        call("inner", "Bash", "agent", 0);
        note("\"type\":\"result\",\"subtype\":\"error_during_execution\",\"is_error\":true");
        assertThat(tools.all(0)).extracting(RunningTool::id).containsExactly("inner");

        note("\"type\":\"system\",\"subtype\":\"session_state_changed\",\"state\":\"running\"");
        assertThat(tools.all(0)).hasSize(1);
        note("\"type\":\"system\",\"subtype\":\"session_state_changed\",\"state\":\"idle\"");
        assertThat(tools.all(0)).isEmpty();
    }

    @Test
    void theEndOfABashThatRanAsATaskIsNotItsResult() {
        call("bash", "Bash", null, 0);
        note("\"type\":\"system\",\"subtype\":\"task_notification\",\"task_id\":\"t\",\"tool_use_id\":\"bash\","
                + "\"status\":\"completed\",\"output_file\":\"\",\"summary\":\"\"");
        assertThat(tools.anyOfMainAgent()).isTrue();
        note("\"type\":\"system\",\"subtype\":\"task_notification\",\"task_id\":\"t\",\"status\":\"completed\","
                + "\"output_file\":\"\",\"summary\":\"\"");
        assertThat(tools.anyOfMainAgent())
                .as("a task without a call ends nothing")
                .isTrue();
    }

    private void call(String id, String name, @Nullable String parent, long now) {
        note(
                "\"type\":\"assistant\",\"parent_tool_use_id\":%s,\"message\":{\"model\":\"m\",\"content\":[{\"type\":\"tool_use\",\"id\":\"%s\",\"name\":\"%s\",\"input\":{}}]}"
                        .formatted(parent == null ? "null" : "\"" + parent + "\"", id, name),
                now);
    }

    private void result(String id) {
        note(
                "\"type\":\"user\",\"message\":{\"role\":\"user\",\"content\":[{\"type\":\"tool_result\",\"tool_use_id\":\"%s\",\"content\":\"\"}]}"
                        .formatted(id));
    }

    private void note(String fields) {
        note(fields, 0);
    }

    private void note(String fields, long now) {
        tools.note(TaskLedgerTest.message("{" + fields + "}"), now);
    }
}
