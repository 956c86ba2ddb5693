package io.github.claudesessions;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.github.claudesessions.internal.json.Json;
import io.github.claudesessions.internal.protocol.Sent;
import io.github.claudesessions.internal.protocol.SessionCore;
import io.github.claudesessions.message.LifecycleState;
import io.github.claudesessions.message.ResultMessage;
import java.lang.ref.Reference;
import java.util.concurrent.CompletionStage;

/**
 * The receipt for a {@linkplain ClaudeSession#send sent} prompt:
 *
 * <pre>
 *   queued ──► started ──► completed, or cancelled by an interrupt: there is a result
 *      └─────► cancelled, discarded or refused: there is none
 * </pre>
 *
 * Safe for use by several threads. Actions that depend on a stage run on virtual threads and may do anything. When the
 * session ends before the prompt does, the stages fail with the exception that says how it ended.
 */
public final class SentPrompt {
    /** A session that is dropped is closed: whoever keeps the receipt of a prompt still wants its answer. */
    private final ClaudeSession session;

    private final SessionCore core;
    private final Sent sent;

    SentPrompt(ClaudeSession session, SessionCore core, Sent sent) {
        this.session = session;
        this.core = core;
        this.sent = sent;
    }

    /** The uuid of its user message, as in {@code userMessageUuids} of the result and for {@code rewindFiles}. */
    public String uuid() {
        return sent.uuid();
    }

    /** Where it is now, {@link LifecycleState#QUEUED} at first. */
    public LifecycleState state() {
        return sent.state();
    }

    /** Has {@code started} when the model gets it, or how it ended without that. */
    public CompletionStage<LifecycleState> started() {
        return sent.started();
    }

    /** Has how it ended: {@code completed}, {@code cancelled}, {@code discarded} or {@code refused}. */
    public CompletionStage<LifecycleState> ended() {
        return sent.ended();
    }

    /**
     * Has the result of the turn that answered it, also when that is an error. Prompts that waited together have the same
     * result, whose {@code userMessageUuids} names them all. Fails with a
     * {@link io.github.claudesessions.error.PromptCancelledException PromptCancelledException} if the prompt did not
     * become a turn.
     */
    public CompletionStage<ResultMessage> result() {
        return sent.result();
    }

    /** Takes it out of the queue; false if it is not there any more, because its turn has begun or it has ended. */
    @CanIgnoreReturnValue
    public boolean cancel() {
        try {
            return core.control("cancel_async_message", Json.object().put("message_uuid", uuid()))
                    .path("cancelled")
                    .asBoolean();
        } finally {
            Reference.reachabilityFence(session);
        }
    }

    /** The uuid and the state. */
    @Override
    public String toString() {
        return "SentPrompt[" + uuid() + ", " + state() + "]";
    }
}
