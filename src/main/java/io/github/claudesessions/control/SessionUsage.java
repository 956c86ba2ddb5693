package io.github.claudesessions.control;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The CLI's own totals and the limits of the account. Source: {@code get_usage}.
 *
 * @param session the totals
 * @param subscriptionType the subscription, or null for an API key
 * @param rateLimitsAvailable whether the account has limits that the CLI can ask for
 * @param rateLimits them, with every field that the CLI sends; empty without
 */
public record SessionUsage(
        Totals session,
        @Nullable String subscriptionType,
        boolean rateLimitsAvailable,
        Map<String, Object> rateLimits) {
    /** Fills in what the wire left out. */
    @SuppressWarnings("ConstantValue") // the wire may leave anything out
    public SessionUsage {
        session = session == null ? new Totals(0, 0, 0, 0, 0) : session;
        rateLimits = Copies.map(rateLimits);
    }

    /**
     * What the CLI has counted: over the process and the conversation that it resumed, and from nothing after
     * {@code /clear}.
     *
     * @param totalCostUsd US dollars
     * @param totalApiDurationMs time in requests to the API, in milliseconds
     * @param totalDurationMs time since the start, in milliseconds
     * @param totalLinesAdded lines that tools added to files
     * @param totalLinesRemoved lines that tools took from files
     */
    public record Totals(
            double totalCostUsd,
            long totalApiDurationMs,
            long totalDurationMs,
            int totalLinesAdded,
            int totalLinesRemoved) {}
}
