package io.github.claudesessions;

import io.github.claudesessions.internal.protocol.Conversation;
import io.github.claudesessions.internal.protocol.Probe;
import io.github.claudesessions.internal.protocol.SessionCore;
import io.github.claudesessions.message.ApiRetry;
import java.time.Duration;

/** How a conversation is. */
final class HealthChecks {
    private HealthChecks() {}

    /** As far as this side knows. */
    static Health known(Conversation conversation) {
        String over = conversation.over();
        if (over != null) {
            return new Health.Unhealthy(over);
        }
        String trouble = conversation.trouble();
        if (trouble != null) {
            return new Health.Degraded(trouble);
        }
        SessionCore core = conversation.latest();
        ApiRetry retry = core == null ? null : core.facts().retry();
        return retry == null
                ? new Health.Healthy()
                : new Health.Degraded("the API is being retried: %s, attempt %d of %d"
                        .formatted(retry.error(), retry.attempt(), retry.maxRetries()));
    }

    /** As the process says, if there is one. */
    static Health asked(Conversation conversation, Duration limit) {
        SessionCore core = conversation.latest();
        if (core == null || core.end() != null) {
            return known(conversation);
        }
        String trouble = Probe.trouble(core, limit);
        // one that has ended meanwhile did not fail to answer
        return trouble == null || core.end() != null ? known(conversation) : new Health.Unhealthy(trouble);
    }
}
