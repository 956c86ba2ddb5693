package io.github.claudesessions.internal.protocol;

import io.github.claudesessions.message.InformationalMessage;
import io.github.claudesessions.message.Message;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs what the CLI says of callbacks that failed: it goes on without them, and nobody else may read it. */
final class CallbackReports {
    private static final Logger log = LoggerFactory.getLogger(CallbackReports.class);
    private static final String TAG = "hook_callback_failed";

    private CallbackReports() {}

    static void note(Message message) {
        if (message instanceof InformationalMessage report && TAG.equals(report.tag())) {
            log.warn("The CLI reports that a hook failed: {}", report.content());
        }
    }
}
