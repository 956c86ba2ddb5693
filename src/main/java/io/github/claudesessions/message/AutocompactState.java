package io.github.claudesessions.message;

import org.jspecify.annotations.Nullable;

/**
 * When the conversation will be compacted. Wire type {@code autocompact_state}.
 *
 * @param value the settings in force
 */
public record AutocompactState(
        @Nullable String uuid, @Nullable String sessionId, RawJson raw, State value) implements Message {

    /**
     * The settings of automatic compaction.
     *
     * @param enabled whether it is on
     * @param effectiveWindow context size that counts, in tokens
     * @param threshold fill at which it starts, in tokens
     * @param enforced whether it can't be switched off
     * @param source where the window comes from: {@code env}, {@code settings}, {@code clientdata}, {@code
     *     experiment}, {@code model-default}, {@code unknown-model} or {@code auto}
     */
    public record State(boolean enabled, long effectiveWindow, long threshold, boolean enforced, String source) {}
}
