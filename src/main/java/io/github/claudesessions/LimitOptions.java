package io.github.claudesessions;

import io.github.claudesessions.internal.protocol.StallLimits;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** The accessors of what {@link LimitSetters} sets. */
abstract sealed class LimitOptions extends OptionValues permits McpOptions {
    LimitOptions(Map<Option<?>, Object> values) {
        super(values);
    }

    /** The longest time until the model begins to answer, if there is a limit. */
    public Optional<Duration> firstByteTimeout() {
        return Optional.ofNullable(get(Option.FIRST_BYTE_TIMEOUT));
    }

    /** The longest time between two messages of a turn while no tool runs, if there is a limit. */
    public Optional<Duration> messageTimeout() {
        return Optional.ofNullable(get(Option.MESSAGE_TIMEOUT));
    }

    /** The longest time between two messages of a turn while a tool runs, if there is a limit. */
    public Optional<Duration> toolSilenceTimeout() {
        return Optional.ofNullable(get(Option.TOOL_SILENCE_TIMEOUT));
    }

    /** The longest time that a turn may take, if there is a limit. */
    public Optional<Duration> turnTimeout() {
        return Optional.ofNullable(get(Option.TURN_TIMEOUT));
    }

    /** The age at which a session is closed, if there is a limit. */
    public Optional<Duration> sessionTimeout() {
        return Optional.ofNullable(get(Option.SESSION_TIMEOUT));
    }

    /** The longest time that the CLI may take to end an interrupted turn. */
    public Duration interruptTimeout() {
        return valueOf(Option.INTERRUPT_TIMEOUT);
    }

    /** The longest time that the CLI may take to answer a control request. */
    public Duration controlTimeout() {
        return valueOf(Option.CONTROL_TIMEOUT);
    }

    /** The longest time that the CLI may take to become ready. */
    public Duration initializeTimeout() {
        return valueOf(Option.INITIALIZE_TIMEOUT);
    }

    /** Whether the pieces of an answer have to be seen, delivered or not. */
    final boolean watchesAnswers() {
        return firstByteTimeout().isPresent() || messageTimeout().isPresent();
    }

    final StallLimits stallLimits() {
        return new StallLimits(
                get(Option.FIRST_BYTE_TIMEOUT),
                get(Option.MESSAGE_TIMEOUT),
                get(Option.TOOL_SILENCE_TIMEOUT),
                get(Option.TURN_TIMEOUT),
                get(Option.SESSION_TIMEOUT),
                interruptTimeout());
    }
}
