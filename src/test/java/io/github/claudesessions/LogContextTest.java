package io.github.claudesessions;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.claudesessions.testing.FakeClaude;
import io.github.claudesessions.tool.Tool;
import io.github.claudesessions.tool.ToolResult;
import io.github.claudesessions.tool.ToolServer;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.MDC;
import org.slf4j.helpers.BasicMDCAdapter;
import org.slf4j.spi.MDCAdapter;

/** Which session a log line belongs to. The logger of the tests knows no such keys, so another adapter takes its place. */
@Timeout(60)
class LogContextTest {
    private final MDCAdapter before = MDC.getMDCAdapter();

    @BeforeEach
    void remember() throws ReflectiveOperationException {
        use(new BasicMDCAdapter());
    }

    @AfterEach
    void restore() throws ReflectiveOperationException {
        use(before);
    }

    private static void use(MDCAdapter adapter) throws ReflectiveOperationException {
        Method setter = MDC.class.getDeclaredMethod("setMDCAdapter", MDCAdapter.class);
        setter.setAccessible(true);
        setter.invoke(null, adapter);
    }

    /** Runs {@code test} with an adapter that knows such keys. */
    static void withMdc(Runnable test) throws ReflectiveOperationException {
        MDCAdapter before = MDC.getMDCAdapter();
        use(new BasicMDCAdapter());
        try {
            test.run();
        } finally {
            use(before);
        }
    }

    @Test
    void callbacksAndListenersNameTheirSession() {
        BlockingQueue<Map<String, String>> seen = new LinkedBlockingQueue<>();
        Tool tool = Tool.of("look", "Looks", Map.of("type", "object"), (input, context) -> {
            seen.add(MDC.getCopyOfContextMap());
            return ToolResult.text("seen");
        });
        FakeClaude fake = FakeClaude.create();
        fake.otherwise(turn -> {
            Fakes.callTool(turn, "own", "look", Map.of());
            turn.result("done");
        });
        ClaudeOptions options = ClaudeOptions.builder()
                .transport(fake)
                .toolServer(ToolServer.of("own", tool))
                .build();
        try (SessionSupervisor supervisor =
                SessionSupervisor.builder().session("ann", options).open()) {
            ClaudeSession session = supervisor.session("ann");
            Map<String, String> keys =
                    Map.of("claude.session", session.sessionId().orElseThrow(), "claude.name", "ann");
            session.query("go");
            assertThat(Fakes.take(seen)).isEqualTo(keys);
            session.onMessage(message -> seen.add(MDC.getCopyOfContextMap()));
            session.query("go");
            for (int heard = 0; heard < 2; heard++) {
                assertThat(Fakes.take(seen)).isEqualTo(keys);
            }
            assertThat(MDC.getCopyOfContextMap()).isNull();
        }
    }
}
