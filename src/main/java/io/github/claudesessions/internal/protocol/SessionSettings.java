package io.github.claudesessions.internal.protocol;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.claudesessions.control.Budget;
import io.github.claudesessions.internal.Timer;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a session needs to know beside its transport.
 *
 * @param sessionId the id that the session will have, or null if only the CLI knows
 * @param resumed the id or title of the conversation that is resumed, or null
 * @param initialize the body of the {@code initialize} request
 * @param confirmations fields of its answer that must be true
 * @param includePartialMessages whether stream events are delivered to whoever does not ask for them
 * @param verbatimPrompts whether prompts say that they are to be taken as they are
 * @param maxLineBytes the longest line that is read
 * @param maxBufferedBytes how much may wait for a reader
 * @param stallLimits how long turns and the session may take
 * @param controlTimeout the limit of a control request and of a write
 * @param initializeTimeout the limit of the handshake
 * @param budget what the session may spend, or null
 * @param continuity what there was before and comes after the process
 * @param timer the clock
 */
public record SessionSettings(
        @Nullable String sessionId,
        @Nullable String resumed,
        ObjectNode initialize,
        List<String> confirmations,
        boolean includePartialMessages,
        boolean verbatimPrompts,
        int maxLineBytes,
        long maxBufferedBytes,
        StallLimits stallLimits,
        Duration controlTimeout,
        Duration initializeTimeout,
        @Nullable Budget budget,
        Continuity continuity,
        Timer timer) {}
