package io.github.claudesessions;

import io.github.claudesessions.error.StructuredOutputException;
import io.github.claudesessions.error.StructuredOutputException.Reason;
import io.github.claudesessions.error.TurnFailedException;
import io.github.claudesessions.internal.Check;
import io.github.claudesessions.internal.protocol.Conversation;
import io.github.claudesessions.internal.schema.MismatchException;
import io.github.claudesessions.internal.schema.OutputType;
import io.github.claudesessions.message.ResultMessage;
import java.util.Map;

/** Turns whose result is a value of a type. */
record Outputs<T>(OutputType<T> type) {
    static <T> Outputs<T> of(Class<T> type) {
        return new Outputs<>(OutputType.of(Check.notNull("type", type)));
    }

    /** The options for a session that runs one turn. */
    ClaudeOptions oneShot(ClaudeOptions options) {
        Check.notNull("options", options);
        return options.outputSchema().isPresent()
                ? checked(options)
                : options.toBuilder().outputSchema(type.type()).build();
    }

    /** Checks that a session with these options delivers the type. */
    Outputs<T> inSession(ClaudeOptions options) {
        checked(options);
        return this;
    }

    private ClaudeOptions checked(ClaudeOptions options) {
        Map<String, Object> schema = options.outputSchema().orElse(null);
        Check.that(
                schema != null,
                "the options of the session must have outputSchema(%s.class): the CLI takes no schema later",
                type.type().getSimpleName());
        Check.that(
                type.schema().equals(schema),
                "type must be the one that outputSchema was made of, was %s; with a schema of your own use"
                        + " query(prompt).structuredOutputAs(type)",
                type.type().getSimpleName());
        return options;
    }

    /** Runs one turn, or two if {@code repair} is needed. */
    T query(Conversation conversation, Prompt prompt, boolean repair) {
        try {
            return read(turn(conversation, prompt));
        } catch (StructuredOutputException e) {
            if (!repair) {
                throw e;
            }
            return read(turn(
                    conversation,
                    Prompt.of("Your last answer can't be used: " + e.problem()
                            + ". Answer the request before it again, by the StructuredOutput tool, with output that fits its"
                            + " schema.")));
        }
    }

    private static ResultMessage turn(Conversation conversation, Prompt prompt) {
        try {
            return TurnCollector.query(conversation, prompt);
        } catch (TurnFailedException e) {
            if (e.reason() != TurnFailedException.Reason.STRUCTURED_OUTPUT) {
                throw e;
            }
            throw new StructuredOutputException(
                    Reason.INVALID, String.join("; ", e.result().errors()), e.result(), e);
        }
    }

    private T read(ResultMessage result) {
        Object output = result.structuredOutput();
        if (output == null) {
            throw new StructuredOutputException(Reason.MISSING, "it has no structured output", result, null);
        }
        try {
            return type.read(output);
        } catch (MismatchException e) {
            throw new StructuredOutputException(Reason.INVALID, e.violation().toString(), result, e);
        }
    }
}
