package io.github.claudesessions.internal.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.claudesessions.internal.json.Json;
import io.github.claudesessions.internal.protocol.ControlRouter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class RunningCallsTest {
    private final RunningCalls calls = new RunningCalls();
    private final List<ObjectNode> answers = new ArrayList<>();
    private final ControlRouter.Call call = new ControlRouter.Call() {
        @Override
        public boolean open() {
            return answers.isEmpty();
        }

        @Override
        public void answer(Supplier<ObjectNode> payload) {
            answers.add(payload.get());
        }

        @Override
        public void onAnswer(Runnable effect) {}
    };

    @Test
    void aCancellationAnswersTheCall() {
        assertThat(calls.add(IntNode.valueOf(1), call)).isTrue();
        calls.cancel(IntNode.valueOf(1), Json::object);
        assertThat(answers).containsExactly(Json.object());
    }

    @Test
    void theLatestCancellationsAreRemembered() {
        for (int id = 0; id <= RunningCalls.REMEMBERED; id++) {
            calls.cancel(IntNode.valueOf(id), Json::object);
        }
        assertThat(calls.add(IntNode.valueOf(0), call)).isTrue();
        assertThat(calls.add(IntNode.valueOf(RunningCalls.REMEMBERED), call)).isFalse();
    }

    @Test
    void aNewConnectionCountsAnew() {
        calls.cancel(IntNode.valueOf(1), Json::object);
        calls.forget();
        assertThat(calls.add(IntNode.valueOf(1), call)).isTrue();
    }
}
