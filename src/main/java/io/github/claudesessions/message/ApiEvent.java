package io.github.claudesessions.message;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An event of the API's own stream, as a {@link StreamEvent} carries it. */
public sealed interface ApiEvent {
    /**
     * An answer begins.
     *
     * @param id the API's id of the answer, or null
     * @param model the model
     * @param usage tokens of the input
     */
    record MessageStart(@Nullable String id, String model, Usage usage) implements ApiEvent {}

    /**
     * A block begins.
     *
     * @param index number of the block in the answer, from 0
     * @param contentBlock the block, still empty
     */
    record ContentBlockStart(int index, ContentBlock contentBlock) implements ApiEvent {}

    /**
     * A block goes on.
     *
     * @param index number of the block in the answer, from 0
     * @param delta what is added to it
     */
    record ContentBlockDelta(int index, Delta delta) implements ApiEvent {}

    /**
     * A block ends. Its {@link AssistantMessage} came before.
     *
     * @param index number of the block in the answer, from 0
     */
    record ContentBlockStop(int index) implements ApiEvent {}

    /**
     * Facts of the answer, when they are known.
     *
     * @param stopReason why the model stopped, or null
     * @param stopSequence the stop sequence that it wrote, or null
     * @param usage tokens of the answer so far
     */
    record MessageDelta(
            @Nullable StopReason stopReason, @Nullable String stopSequence, Usage usage) implements ApiEvent {}

    /** The answer ends. */
    record MessageStop() implements ApiEvent {}

    /** The connection is alive. */
    record Ping() implements ApiEvent {}

    /**
     * The stream broke off.
     *
     * @param errorType the API's type of the error, for instance {@code overloaded_error}
     * @param message the API's text
     */
    record ApiErrorEvent(String errorType, String message) implements ApiEvent {}

    /**
     * An event that this version of the library does not know.
     *
     * @param type the wire type; empty if there is none
     * @param fields all fields, {@code type} included
     */
    record UnknownApiEvent(String type, Map<String, Object> fields) implements ApiEvent {
        /** Copies the collections. */
        public UnknownApiEvent {
            fields = Copies.map(fields);
        }
    }
}
