package io.github.claudesessions.internal.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.claudesessions.control.Task;
import io.github.claudesessions.internal.codec.Inbound;
import io.github.claudesessions.internal.codec.InboundDecoder;
import io.github.claudesessions.message.Message;
import io.github.claudesessions.message.TaskStatus;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class TaskLedgerTest {
    private static final Instant NOW = Instant.ofEpochSecond(1_800_000_000);

    private final TaskLedger ledger = new TaskLedger(() -> NOW);

    @Test
    void aTaskThatEndsOnlyThroughAnUpdateIsNotLiveAnyMore() {
        background("a");
        assertThat(ledger.noneInBackground()).isFalse();
        note("task_updated", "\"task_id\":\"a\",\"patch\":{\"status\":\"completed\",\"end_time\":1000}");

        assertThat(ledger.all()).noneMatch(Task::live);
        assertThat(ledger.all().getFirst().ended()).isEqualTo(Instant.ofEpochSecond(1));
        assertThat(ledger.noneInBackground()).isTrue();
    }

    @Test
    void theListMayComeBeforeTheStart() {
        background("a");
        note(
                "task_started",
                "\"task_id\":\"a\",\"tool_use_id\":\"t\",\"description\":\"d\",\"is_backgrounded\":true,"
                        + "\"task_type\":\"local_bash\"");

        assertThat(ledger.all()).hasSize(1);
        Task task = ledger.all().getFirst();
        assertThat(task.toolUseId()).isEqualTo("t");
        assertThat(task.status()).isEqualTo(TaskStatus.RUNNING);
        assertThat(task.started()).isEqualTo(NOW);
    }

    @Test
    void aNotificationEndsAndDescribes() {
        note("task_started", "\"task_id\":\"a\",\"description\":\"d\",\"subagent_type\":\"s\"");
        note(
                "task_progress",
                "\"task_id\":\"a\",\"description\":\"reads\","
                        + "\"usage\":{\"total_tokens\":5,\"tool_uses\":1,\"duration_ms\":2}");
        note(
                "task_notification",
                "\"task_id\":\"a\",\"status\":\"failed\",\"output_file\":\"\",\"summary\":\"it broke\"");

        Task task = ledger.all().getFirst();
        assertThat(task.live()).isFalse();
        assertThat(task.subagentType()).isEqualTo("s");
        assertThat(task.description()).isEqualTo("reads");
        assertThat(task.summary()).isEqualTo("it broke");
        assertThat(task.outputFile()).isNull();
        assertThat(task.usage()).isNotNull();
        assertThat(task.ended()).isEqualTo(NOW);
    }

    @Test
    void oneThatIsResumedLivesAgain() {
        note("task_notification", "\"task_id\":\"a\",\"status\":\"stopped\",\"output_file\":\"f\",\"summary\":\"\"");
        note("task_started", "\"task_id\":\"a\",\"description\":\"d\"");

        assertThat(ledger.all()).singleElement().matches(Task::live);
    }

    @Test
    void onlyTheLatestOfThoseThatEndedAreRemembered() {
        note("task_started", "\"task_id\":\"live\",\"description\":\"d\"");
        for (int i = 0; i < 3 * TaskLedger.REMEMBERED; i++) {
            note(
                    "task_notification",
                    "\"task_id\":\"t%d\",\"status\":\"completed\",\"output_file\":\"\",\"summary\":\"\"".formatted(i));
        }

        assertThat(ledger.all()).hasSize(TaskLedger.REMEMBERED + 1);
        assertThat(ledger.all().getFirst().id()).isEqualTo("live");
        assertThat(ledger.all().getLast().id()).isEqualTo("t" + (3 * TaskLedger.REMEMBERED - 1));
    }

    private void background(String id) {
        note(
                "background_tasks_changed",
                "\"tasks\":[{\"task_id\":\"%s\",\"task_type\":\"local_bash\",\"description\":\"d\"}]".formatted(id));
    }

    private void note(String subtype, String fields) {
        ledger.note(message("{\"type\":\"system\",\"subtype\":\"" + subtype + "\"," + fields + "}"));
    }

    static Message message(String json) {
        byte[] line = json.getBytes(StandardCharsets.UTF_8);
        return ((Inbound.Delivered) new InboundDecoder().decode(line, 0, line.length)).message();
    }
}
