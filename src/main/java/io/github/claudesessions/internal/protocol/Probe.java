package io.github.claudesessions.internal.protocol;

import io.github.claudesessions.error.ClaudeException;
import io.github.claudesessions.error.ControlException;
import io.github.claudesessions.error.SessionInterruptedException;
import io.github.claudesessions.error.TimeLimitException;
import io.github.claudesessions.internal.json.Json;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A question that needs neither the API nor a disk, to see whether a process is still there for its host. */
public final class Probe {
    private static final String QUESTION = "get_binary_version";

    private Probe() {}

    /** What is wrong with the process, or null if it has answered within {@code limit}. */
    public static @Nullable String trouble(SessionCore core, Duration limit) {
        try {
            core.control(QUESTION, Json.object(), limit);
            return null;
        } catch (ControlException e) {
            return null; // a refusal is an answer too
        } catch (TimeLimitException e) {
            return "the CLI has not answered a probe within " + limit;
        } catch (SessionInterruptedException e) {
            throw e;
        } catch (ClaudeException e) {
            return e.getMessage();
        }
    }
}
