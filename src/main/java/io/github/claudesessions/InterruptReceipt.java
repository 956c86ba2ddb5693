package io.github.claudesessions;

import java.util.List;

/**
 * What the CLI says to an interrupt.
 *
 * @param cancelled uuids of prompts that were taken out of the queue before they became turns
 * @param stillQueued uuids of prompts that remain in the queue
 */
public record InterruptReceipt(List<String> cancelled, List<String> stillQueued) {
    /** Copies the lists. */
    public InterruptReceipt {
        cancelled = List.copyOf(cancelled);
        stillQueued = List.copyOf(stillQueued);
    }
}
