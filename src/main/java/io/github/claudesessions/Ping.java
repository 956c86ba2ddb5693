package io.github.claudesessions;

import io.github.claudesessions.error.ClaudeException;
import io.github.claudesessions.error.SessionInterruptedException;
import io.github.claudesessions.error.TurnFailedException;
import io.github.claudesessions.internal.process.Secrets;
import io.github.claudesessions.internal.protocol.OneProcess;
import io.github.claudesessions.internal.protocol.SessionCore;
import io.github.claudesessions.message.ResultMessage;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** One short turn, to see whether all of it works: the CLI, the network, the credentials, the model. */
final class Ping {
    private static final String PROMPT = "Answer with the word pong.";

    private final ClaudeOptions options;
    private Duration start = Duration.ZERO;
    private Duration turn = Duration.ZERO;

    private Ping(ClaudeOptions options) {
        this.options = options;
    }

    static PingReport run(ClaudeOptions options, Duration limit) {
        Ping ping = new Ping(alone(options, limit));
        try {
            return ping.answered(ping.ask());
        } catch (SessionInterruptedException e) {
            throw e;
        } catch (TurnFailedException e) {
            return ping.failed(e, e.result().costUsd());
        } catch (ClaudeException | IllegalArgumentException e) {
            return ping.failed(e, 0);
        }
    }

    /** A conversation of its own, which leaves nothing behind, and in which nothing can be done. */
    private static ClaudeOptions alone(ClaudeOptions options, Duration limit) {
        return Continuation.withoutOrigin(options)
                .unset(Option.OUTPUT_SCHEMA)
                .unset(Option.TITLE)
                .persistSession(false)
                .tools()
                .maxTurns(1)
                .initializeTimeout(limit)
                .turnTimeout(limit)
                .build();
    }

    private ResultMessage ask() {
        long begun = System.nanoTime();
        SessionCore core = SessionLauncher.open(options, Opening.plain(false));
        try {
            long ready = System.nanoTime();
            start = Duration.ofNanos(ready - begun);
            try {
                return TurnCollector.query(new OneProcess(core), Prompt.of(PROMPT));
            } finally {
                turn = Duration.ofNanos(System.nanoTime() - ready);
            }
        } finally {
            core.close();
        }
    }

    private PingReport answered(ResultMessage result) {
        Optional<String> model =
                result.modelUsageSinceLastResult().keySet().stream().findFirst();
        return new PingReport(start, turn, model, result.costUsd(), Optional.empty());
    }

    private PingReport failed(RuntimeException failure, double costUsd) {
        Secrets secrets = new Secrets(ChildEnvironment.of(options, Host.current()));
        secrets.add(McpWire.secrets(options.mcpServers()));
        options.apiKey().ifPresent(key -> secrets.add(List.of(key)));
        String reason = failure.getClass().getSimpleName() + ": " + failure.getMessage();
        return new PingReport(start, turn, Optional.empty(), costUsd, Optional.of(secrets.mask(reason)));
    }
}
