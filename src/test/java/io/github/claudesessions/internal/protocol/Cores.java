package io.github.claudesessions.internal.protocol;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.github.claudesessions.internal.ManualTimer;
import io.github.claudesessions.internal.json.Json;
import io.github.claudesessions.message.Message;
import io.github.claudesessions.spi.Launch;
import io.github.claudesessions.testing.FakeClaude;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** Sessions on a fake, by a clock that stands still. */
final class Cores {
    static final Duration CONTROL = Duration.ofSeconds(61);
    static final Duration INITIALIZE = Duration.ofSeconds(62);
    static final Duration INTERRUPT = Duration.ofSeconds(15);

    final ManualTimer timer = new ManualTimer();
    final FakeClaude fake = FakeClaude.create();
    final String sessionId = UUID.randomUUID().toString();
    final ObjectNode initialize = Json.object();

    @Nullable
    String resumed;

    List<String> confirmations = List.of();

    @Nullable
    Duration messageTimeout;

    @Nullable
    Duration turnTimeout;

    @Nullable
    Duration firstByteTimeout;

    @Nullable
    Duration toolSilenceTimeout;

    @Nullable
    Duration sessionTimeout;

    int maxLineBytes = 1024 * 1024;
    long maxBufferedBytes = 1024 * 1024;

    SessionSettings settings() {
        return new SessionSettings(
                sessionId,
                resumed,
                initialize,
                confirmations,
                false,
                false,
                maxLineBytes,
                maxBufferedBytes,
                new StallLimits(
                        firstByteTimeout, messageTimeout, toolSilenceTimeout, turnTimeout, sessionTimeout, INTERRUPT),
                CONTROL,
                INITIALIZE,
                null,
                Continuity.NONE,
                timer);
    }

    SessionCore open() {
        Launch launch = new Launch(List.of("--session-id=" + sessionId), Map.of(), null);
        return SessionCore.open(() -> fake.start(launch), settings());
    }

    static TurnSource begin(SessionCore core, String prompt) {
        return TurnSource.begin(core, TextNode.valueOf(prompt), Delivery.MESSAGES);
    }

    /** Interrupts a turn, which the CLI ignores for as long as it may; {@code never} stays up. */
    Begun ignoredInterrupt(CountDownLatch never) throws InterruptedException {
        fake.onControl("interrupt", request -> Map.of());
        fake.turn(turn -> turn.text("busy").await(never));
        SessionCore core = open();
        TurnSource turn = begin(core, "go");
        core.interrupt(true);
        timer.await(INTERRUPT, 1);
        timer.advance(INTERRUPT);
        return new Begun(core, turn);
    }

    /** A turn of a session. */
    record Begun(SessionCore core, TurnSource turn) {}

    static List<Message> read(TurnSource turn) {
        List<Message> messages = new ArrayList<>();
        while (turn.next(messages::add)) {
            // to the end
        }
        return messages;
    }
}
