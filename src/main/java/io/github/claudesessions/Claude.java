package io.github.claudesessions;

import io.github.claudesessions.error.TurnFailedException;
import io.github.claudesessions.internal.Check;
import io.github.claudesessions.internal.protocol.Delivery;
import io.github.claudesessions.internal.protocol.OneProcess;
import io.github.claudesessions.internal.protocol.SessionCore;
import io.github.claudesessions.internal.protocol.TurnSource;
import io.github.claudesessions.message.Message;
import io.github.claudesessions.message.ResultMessage;
import java.util.stream.Stream;

/**
 * One prompt, one answer: each call starts a session, runs one turn and ends the session. For a conversation, open a
 * {@link ClaudeSession}. Without options, those of {@link ClaudeOptions#defaults()} are used.
 *
 * {@snippet file="io/github/claudesessions/ReadmeTest.java" region="query"}
 */
public final class Claude {
    private Claude() {}

    /**
     * Runs one turn and returns its result.
     *
     * @throws TurnFailedException if the turn ends with an error; it carries the result
     */
    public static ResultMessage query(String prompt) {
        return query(prompt, ClaudeOptions.defaults());
    }

    /**
     * Runs one turn and returns its result. Does not wait for the process to end.
     *
     * @throws TurnFailedException if the turn ends with an error; it carries the result
     */
    public static ResultMessage query(String prompt, ClaudeOptions options) {
        return query(Prompt.of(prompt), options);
    }

    /** As {@link #query(String, ClaudeOptions)}, for a prompt that is more than text. */
    public static ResultMessage query(Prompt prompt, ClaudeOptions options) {
        Check.notNull("prompt", prompt);
        SessionCore core = SessionLauncher.open(options, false);
        try {
            return TurnCollector.query(new OneProcess(core), prompt);
        } finally {
            core.closeLater();
        }
    }

    /** As {@link #query(String, Class, ClaudeOptions)}, with the default options. */
    public static <T> T query(String prompt, Class<T> type) {
        return query(prompt, type, ClaudeOptions.defaults());
    }

    /**
     * Runs one turn and returns its structured output.
     *
     * {@snippet file="io/github/claudesessions/functional/OutputTest.java" region="output"}
     *
     * @param type a record, a sealed interface, an enum: what {@link io.github.claudesessions.schema} can describe
     * @throws io.github.claudesessions.error.StructuredOutputException if there is no output, or none that fits
     * @throws TurnFailedException if the turn ends with another error; it carries the result
     * @throws IllegalArgumentException if the type has no schema, or the options have another
     */
    public static <T> T query(String prompt, Class<T> type, ClaudeOptions options) {
        return query(Prompt.of(prompt), type, options);
    }

    /** As {@link #query(String, Class, ClaudeOptions)}, for a prompt that is more than text. */
    public static <T> T query(Prompt prompt, Class<T> type, ClaudeOptions options) {
        Check.notNull("prompt", prompt);
        Outputs<T> outputs = Outputs.of(type);
        SessionCore core = SessionLauncher.open(outputs.oneShot(options), false);
        try {
            return outputs.query(new OneProcess(core), prompt, options.outputRepair());
        } finally {
            core.closeLater();
        }
    }

    /**
     * One turn as a stream of its messages; the last is the result, also when it is an error. Nothing is started until
     * a terminal operation runs. Reading to the end or closing the stream ends the session.
     */
    public static Stream<Message> stream(String prompt) {
        return stream(prompt, ClaudeOptions.defaults());
    }

    /** As {@link #stream(String)}, with options. */
    public static Stream<Message> stream(String prompt, ClaudeOptions options) {
        return stream(Prompt.of(prompt), options);
    }

    /** As {@link #stream(String)}, with options, for a prompt that is more than text. */
    public static Stream<Message> stream(Prompt prompt, ClaudeOptions options) {
        return stream(prompt, options, options.includePartialMessages());
    }

    /**
     * One turn as a stream of the main agent's text, piece by piece as the model writes it; an error result is thrown
     * as a {@link TurnFailedException}. Otherwise as {@link #stream(String)}.
     */
    public static Stream<String> streamText(String prompt) {
        return streamText(prompt, ClaudeOptions.defaults());
    }

    /** As {@link #streamText(String)}, with options. */
    public static Stream<String> streamText(String prompt, ClaudeOptions options) {
        return streamText(Prompt.of(prompt), options);
    }

    /** As {@link #streamText(String)}, with options, for a prompt that is more than text. */
    public static Stream<String> streamText(Prompt prompt, ClaudeOptions options) {
        return TextStream.of(stream(prompt, options, true));
    }

    /** Looks whether sessions with these options can run here: {@code Doctor.of(options).run()}. */
    public static DoctorReport doctor(ClaudeOptions options) {
        return Doctor.of(options).run();
    }

    private static Stream<Message> stream(Prompt prompt, ClaudeOptions options, boolean partial) {
        return TurnStream.of(() -> {
            SessionCore core = SessionLauncher.open(options, partial);
            try {
                return new TurnStream.Reading(
                        TurnSource.begin(core, prompt.content(), partial ? Delivery.PARTIAL : Delivery.MESSAGES),
                        null,
                        core::closeLater);
            } catch (RuntimeException | Error e) {
                core.closeLater();
                throw e;
            }
        });
    }
}
