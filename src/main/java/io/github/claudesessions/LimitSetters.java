package io.github.claudesessions;

import java.time.Duration;
import java.util.Map;

/**
 * How long things may take. The limits of a turn do not count while the turn waits for another one, and those of its first
 * byte and its silence not while it waits for this side: a hook, a permission, a tool of this JVM, a reader that is slow. A
 * turn that exceeds one is interrupted, and its reader gets a
 * {@link io.github.claudesessions.error.StallException StallException}.
 */
abstract sealed class LimitSetters<B> extends ProcessSetters<B> permits ExtensionSetters {
    LimitSetters(Map<Option<?>, Object> values) {
        super(values);
    }

    /**
     * The longest time until the model begins to answer a prompt, counted from when the CLI takes it up, at most 365 days.
     * Default: no limit. This is the limit for an API that hangs: retries of a request do not extend it, and what the CLI
     * does before it asks the model counts, such as connecting MCP servers or compacting the conversation. Later requests
     * of the same turn have {@link #messageTimeout}.
     */
    public B firstByteTimeout(Duration timeout) {
        return set(Option.FIRST_BYTE_TIMEOUT, Rules.timeout("firstByteTimeout", timeout));
    }

    /**
     * The longest time between two messages of a turn, at most 365 days. Default: no limit. Every message counts, also each
     * piece of an answer that is being written, whether or not the options have these delivered, and each report that a
     * request is being retried. While a tool runs, {@link #toolSilenceTimeout} counts instead.
     */
    public B messageTimeout(Duration timeout) {
        return set(Option.MESSAGE_TIMEOUT, Rules.timeout("messageTimeout", timeout));
    }

    /**
     * The longest time between two messages of a turn while the main agent waits for a tool, at most 365 days. Default: no
     * limit. A subagent that it waits for is such a tool; what runs in the background is not. The CLI tells every 30 seconds
     * that a tool is still at work, so a limit above that does not end a long command, but finds a CLI that has stopped.
     */
    public B toolSilenceTimeout(Duration timeout) {
        return set(Option.TOOL_SILENCE_TIMEOUT, Rules.timeout("toolSilenceTimeout", timeout));
    }

    /**
     * The longest time that a turn may take, at most 365 days. Default: no limit. Waiting for an earlier turn does not
     * count; waiting for this side does.
     */
    public B turnTimeout(Duration timeout) {
        return set(Option.TURN_TIMEOUT, Rules.timeout("turnTimeout", timeout));
    }

    /**
     * The age at which a session is closed, whatever it is at, at most 365 days. Default: no limit. A turn that runs is
     * interrupted, and its reader and all later calls get the exception. The conversation can be resumed.
     *
     * <p>A session of a supervisor has its age from when it was added, across restarts, the times without a process and,
     * with a state folder, JVMs. It is not restarted then but over, as if it had been closed: the reader of its turn gets
     * a {@link io.github.claudesessions.error.TurnCutException TurnCutException} with this one as its cause, later calls
     * a {@link io.github.claudesessions.error.SessionClosedException SessionClosedException}, and its name is free.
     */
    public B sessionTimeout(Duration timeout) {
        return set(Option.SESSION_TIMEOUT, Rules.timeout("sessionTimeout", timeout));
    }

    /**
     * The longest time that the CLI may take to end a turn that was interrupted, for whatever reason, at most 365 days.
     * Default: 15 seconds; usually it takes milliseconds. Then its process is killed.
     */
    public B interruptTimeout(Duration timeout) {
        return set(Option.INTERRUPT_TIMEOUT, Rules.timeout("interruptTimeout", timeout));
    }

    /** The longest time that the CLI may take to answer a control request, at most 365 days. Default: 60 seconds. */
    public B controlTimeout(Duration timeout) {
        return set(Option.CONTROL_TIMEOUT, Rules.timeout("controlTimeout", timeout));
    }

    /** The longest time that the CLI may take to become ready, at most 365 days. Default: 60 seconds. */
    public B initializeTimeout(Duration timeout) {
        return set(Option.INITIALIZE_TIMEOUT, Rules.timeout("initializeTimeout", timeout));
    }
}
