package io.github.claudesessions;

import io.github.claudesessions.cli.ClaudeCli;
import io.github.claudesessions.internal.Check;
import io.github.claudesessions.internal.Timer;
import io.github.claudesessions.internal.flight.Flight;
import io.github.claudesessions.internal.process.CliTransport;
import io.github.claudesessions.internal.protocol.ConnectionEnd;
import io.github.claudesessions.internal.protocol.Continuity;
import io.github.claudesessions.internal.protocol.ControlRouter;
import io.github.claudesessions.internal.protocol.DialogResponder;
import io.github.claudesessions.internal.protocol.ElicitationResponder;
import io.github.claudesessions.internal.protocol.HookResponder;
import io.github.claudesessions.internal.protocol.PermissionResponder;
import io.github.claudesessions.internal.protocol.SessionCore;
import io.github.claudesessions.internal.protocol.SessionSettings;
import io.github.claudesessions.spi.TransportFactory;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** From options to a running conversation. */
final class SessionLauncher {
    /** Stderr can quote prompts, so it is logged at the finest level only. */
    private static final Logger STDERR = LoggerFactory.getLogger("io.github.claudesessions.stderr");

    private SessionLauncher() {}

    /**
     * Takes a process that is ready already, or starts the CLI and does the handshake.
     *
     * @param partialOnWire whether the CLI writes stream events, also if the options do not have them delivered; a process
     *     that is ready does
     */
    static SessionCore open(ClaudeOptions options, boolean partialOnWire) {
        NeverAsked.warn(Check.notNull("options", options));
        SessionCore spare = WarmSpares.take(options);
        return spare == null ? open(options, Opening.plain(partialOnWire)) : spare;
    }

    /** Starts the CLI and does the handshake. */
    static SessionCore open(ClaudeOptions options, Opening opening) {
        return Check.notNull("options", options)
                .isolation()
                .map(isolation -> Tenancy.open(options, isolation, opening))
                .orElseGet(() -> launch(options, opening));
    }

    /** Starts the CLI with what the options say, without asking for their isolation. */
    static SessionCore launch(ClaudeOptions options, Opening how) {
        ClaudeOptions launched = (how.partialOnWire() || options.watchesAnswers()) && !options.includePartialMessages()
                ? options.toBuilder().includePartialMessages(true).build()
                : options;
        CommandLine line = CommandLine.of(launched, UUID.randomUUID().toString(), Host.current());
        SessionSettings settings = settings(options, line, how.continuity());
        if (options.transport().isEmpty()) {
            Confirmation.beforeStart(options);
        }
        TransportFactory factory = options.transport().orElseGet(() -> local(options));
        SessionCore core = recorded(
                line.sessionId(),
                options,
                () -> SessionCore.open(() -> factory.start(line.launch()), settings, opening -> {
                    recordEnd(opening);
                    answer(options, opening);
                    opening.conceal(how.secrets());
                    how.prepare().accept(opening);
                }));
        try {
            Confirmation.afterStart(options, core);
            if (!McpWire.guarded(options).isEmpty()) {
                McpControl.set(core, options, Map.of());
            }
            options.awaitMcpReady()
                    .ifPresent(limit -> McpControl.awaitReady(
                            core, options, options.mcpServers().keySet(), limit));
            core.changes().begin();
            return core;
        } catch (RuntimeException | Error e) {
            core.close(); // not later: whoever tries again with the same id must find it free
            throw e;
        }
    }

    private static SessionSettings settings(ClaudeOptions options, CommandLine line, Continuity continuity) {
        return new SessionSettings(
                line.sessionId(),
                options.resume().or(options::resumeTitle).orElse(null),
                line.initialize(),
                line.confirmations(),
                options.includePartialMessages(),
                options.verbatimPrompts(),
                options.maxLineBytes(),
                options.maxBufferedBytes(),
                options.stallLimits(),
                options.controlTimeout(),
                options.initializeTimeout(),
                options.budget().orElse(null),
                continuity,
                Timer.system());
    }

    private static SessionCore recorded(@Nullable String id, ClaudeOptions options, Supplier<SessionCore> start) {
        Flight.Span span = Flight.start(id, options.resume().isPresent());
        String outcome = "ready";
        try {
            return start.get();
        } catch (RuntimeException | Error e) {
            outcome = Flight.kind(e);
            throw e;
        } finally {
            span.end(outcome);
        }
    }

    private static void recordEnd(SessionCore core) {
        long pid = core.pid();
        long begun = System.nanoTime();
        core.released().thenRun(() -> {
            String how = ConnectionEnd.inAWord(core.end());
            Flight.stopped(core.facts().sessionId(), pid, Duration.ofNanos(System.nanoTime() - begun), how);
        });
    }

    /** Registers what answers the CLI. */
    private static void answer(ClaudeOptions options, SessionCore opening) {
        opening.conceal(McpWire.secrets(options.mcpServers()));
        ControlRouter router = opening.router();
        router.handle(
                "can_use_tool",
                new PermissionResponder(
                        options.permissionHandler().orElse(null),
                        options.permissionTimeout().orElse(null),
                        opening.changes()));
        router.handle(
                "elicitation",
                new ElicitationResponder(
                        options.elicitationHandler().orElse(null),
                        options.elicitationTimeout().orElse(null)));
        router.handle(
                "request_user_dialog",
                new DialogResponder(options.userDialogHandler().orElse(null)));
        router.handle("hook_callback", new HookResponder(options.hooks(), router, opening.changes()));
        McpWire.serve(options, opening);
    }

    private static TransportFactory local(ClaudeOptions options) {
        ClaudeCli cli = options.cli();
        return launch -> CliTransport.start(cli.resolve(), launch, stderr(options));
    }

    private static @Nullable Consumer<String> stderr(ClaudeOptions options) {
        return options.stderr().orElse(STDERR.isTraceEnabled() ? STDERR::trace : null);
    }
}
