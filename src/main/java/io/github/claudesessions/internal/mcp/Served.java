package io.github.claudesessions.internal.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.claudesessions.internal.protocol.ControlRouter;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A server of this JVM, as one session sees it. */
interface Served {
    /** Without it in the {@code _meta} of a tool the CLI hides it behind its search, and the model does not know of it. */
    String ALWAYS_LOAD = "anthropic/alwaysLoad";

    /** The response to a request. Runs on a thread of the request's own, which is interrupted if it is cancelled. */
    ObjectNode request(JsonNode message, ControlRouter.Call call) throws Exception;

    /** Takes a message that has no response. */
    void notice(JsonNode message) throws Exception;

    /** How long the request may take, or null for any time. */
    @Nullable
    Duration limit(JsonNode message);

    /** The session is over. */
    void close();
}
