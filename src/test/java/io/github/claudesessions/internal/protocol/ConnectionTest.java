package io.github.claudesessions.internal.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.claudesessions.internal.ManualTimer;
import io.github.claudesessions.internal.codec.Inbound;
import io.github.claudesessions.internal.json.Json;
import io.github.claudesessions.message.OversizeMessage;
import io.github.claudesessions.message.ResultMessage;
import io.github.claudesessions.spi.Launch;
import io.github.claudesessions.testing.FakeClaude;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ConnectionTest {
    private static final Duration WRITE_LIMIT = Duration.ofMinutes(1);

    private final ManualTimer timer = new ManualTimer();
    private final FakeClaude fake = FakeClaude.create();
    private final CountDownLatch result = new CountDownLatch(1);

    @Test
    void linesThatAreNotJsonAreSkipped() throws Exception {
        fake.turn(turn -> turn.write("sandbox: ready\n")
                .write("{\"half\": \n")
                .text("fine")
                .write("\u0000\n"));
        Connection connection = start();
        connection.write(Json.objectOf(Map.of("type", "user", "uuid", "1", "message", Map.of("content", "go"))));
        assertThat(result.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(connection.end()).isNull();
        connection.close();
    }

    @Test
    void whoeverWaitsForAWriteFindsItsAlarmGone() {
        CountDownLatch unread = new CountDownLatch(1);
        fake.onControl("hold", request -> {
            try {
                unread.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return null;
        });
        Connection connection = start();
        CompletableFuture<JsonNode> held = connection.request("hold", Json.object(), Duration.ofMinutes(2));
        String large = "x".repeat(1024 * 1024);
        CompletableFuture<Long> alarms = connection
                .write(Json.objectOf(Map.of("type", "none", "large", large)))
                .thenApply(nothing -> timer.waiting(WRITE_LIMIT));
        assertThat(alarms).isNotDone();
        assertThat(timer.waiting(WRITE_LIMIT)).isPositive();
        unread.countDown();
        assertThat(alarms.join()).isZero();
        connection.close();
        assertThat(held).isCompletedExceptionally();
    }

    private Connection start() {
        Launch launch = new Launch(List.of("--session-id=1"), Map.of(), null);
        Connection connection =
                new Connection(fake.start(launch), timer, new UntilTheResult(), 1024 * 1024, WRITE_LIMIT);
        connection.start();
        return connection;
    }

    private final class UntilTheResult implements Connection.Events {
        @Override
        public void message(Inbound.Delivered message, int bytes) {
            if (message.message() instanceof ResultMessage) {
                result.countDown();
            }
        }

        @Override
        public void controlRequest(Inbound.ControlRequest request) {}

        @Override
        public void controlCancel(String requestId) {}

        @Override
        public void oversize(OversizeMessage skipped) {}

        @Override
        public void batchEnd() {}

        @Override
        public boolean held() {
            return false;
        }

        @Override
        public void requestRegistered() {}

        @Override
        public void ended(ConnectionEnd end) {}
    }
}
