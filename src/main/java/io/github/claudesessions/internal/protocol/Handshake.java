package io.github.claudesessions.internal.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.claudesessions.error.ClaudeException;
import io.github.claudesessions.error.LaunchException;
import io.github.claudesessions.error.ProcessExitedException;
import io.github.claudesessions.error.SessionInUseException;
import io.github.claudesessions.error.SessionNotFoundException;
import io.github.claudesessions.error.SessionStartException;
import io.github.claudesessions.message.ResultMessage;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The first exchange with a process: what it must confirm, and what its refusals mean. */
final class Handshake {
    private final SessionSettings settings;

    Handshake(SessionSettings settings) {
        this.settings = settings;
    }

    /**
     * Sends {@code initialize} and waits for the answer.
     *
     * @param refusal fails the wait
     */
    JsonNode perform(Connection connection, CompletableFuture<ClaudeException> refusal) {
        CompletableFuture<JsonNode> answer =
                connection.request("initialize", settings.initialize(), settings.initializeTimeout());
        refusal.thenAccept(answer::completeExceptionally);
        JsonNode confirmed;
        try {
            confirmed = Waiting.await("the start of the session", answer);
        } catch (ProcessExitedException e) {
            throw exited(e);
        }
        check(confirmed, connection.stderrTail());
        return confirmed;
    }

    /** Fails if the CLI did not apply a part of its configuration: going on without it could be unsafe. */
    void check(JsonNode answer, String stderrTail) {
        List<String> missing = settings.confirmations().stream()
                .filter(field -> !answer.path(field).asBoolean(false))
                .toList();
        if (!missing.isEmpty()) {
            throw new SessionStartException(
                    "the CLI did not confirm " + String.join(", ", missing) + ", so this configuration is not in force",
                    List.of(),
                    -1,
                    stderrTail,
                    null);
        }
    }

    /** A result before the answer to {@code initialize}: the CLI can't start this session. */
    ClaudeException refused(ResultMessage result, String stderrTail) {
        ClaudeException known = known(String.join("\n", result.errors()), result.errors());
        return known != null
                ? known
                : new SessionStartException(
                        "the CLI could not start the session: " + String.join("; ", result.errors()),
                        result.errors(),
                        -1,
                        stderrTail,
                        null);
    }

    /** The process ended before it answered: only its stderr says why. */
    ClaudeException exited(ProcessExitedException exit) {
        ClaudeException known = known(exit.stderrTail(), List.of());
        return known != null
                ? known
                : new SessionStartException(
                        "the CLI ended before the session was ready (%s); stderrTail() has what it said"
                                .formatted(exit.getMessage()),
                        List.of(),
                        exit.exitCode(),
                        exit.stderrTail(),
                        exit);
    }

    private @Nullable ClaudeException known(String text, List<String> errors) {
        String said = text.toLowerCase(Locale.ROOT);
        String resumed = settings.resumed();
        String sessionId = settings.sessionId();
        if (resumed != null && said.contains("no conversation found")) {
            return new SessionNotFoundException("there is no conversation " + resumed + " to resume", resumed, errors);
        }
        if (sessionId != null && said.contains("session id") && said.contains("already in use")) {
            return new SessionInUseException(
                    "session " + sessionId + " exists already; resume it, or choose another id", sessionId);
        }
        if (said.contains("cannot be used with root")) {
            return new LaunchException(
                    "the CLI refuses bypassPermissions for the root user: run as another user, or set IS_SANDBOX=1 in"
                            + " env if this really is a sandbox",
                    LaunchException.Reason.ROOT_BYPASS,
                    null);
        }
        return null;
    }
}
