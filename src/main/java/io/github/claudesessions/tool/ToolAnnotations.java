package io.github.claudesessions.tool;

import org.jspecify.annotations.Nullable;

/**
 * What a tool says of its own behaviour. Hints: nothing enforces them. A null says nothing, and a reader then assumes the
 * worst. The CLI calls tools with {@link #readOnlyHint} at the same time and others one after another.
 *
 * @param title a name for people
 * @param readOnlyHint it changes nothing
 * @param destructiveHint it may destroy something
 * @param idempotentHint calling it again with the same input changes nothing more
 * @param openWorldHint it reaches things outside, such as the web
 */
public record ToolAnnotations(
        @Nullable String title,
        @Nullable Boolean readOnlyHint,
        @Nullable Boolean destructiveHint,
        @Nullable Boolean idempotentHint,
        @Nullable Boolean openWorldHint) {
    private static final ToolAnnotations NONE = new ToolAnnotations(null, null, null, null, null);

    /** Nothing said. */
    public static ToolAnnotations none() {
        return NONE;
    }

    /** These, with a title. */
    public ToolAnnotations title(String title) {
        return new ToolAnnotations(title, readOnlyHint, destructiveHint, idempotentHint, openWorldHint);
    }

    /** These, with {@link #readOnlyHint()}. */
    public ToolAnnotations readOnlyHint(boolean hint) {
        return new ToolAnnotations(title, hint, destructiveHint, idempotentHint, openWorldHint);
    }

    /** These, with {@link #destructiveHint()}. */
    public ToolAnnotations destructiveHint(boolean hint) {
        return new ToolAnnotations(title, readOnlyHint, hint, idempotentHint, openWorldHint);
    }

    /** These, with {@link #idempotentHint()}. */
    public ToolAnnotations idempotentHint(boolean hint) {
        return new ToolAnnotations(title, readOnlyHint, destructiveHint, hint, openWorldHint);
    }

    /** These, with {@link #openWorldHint()}. */
    public ToolAnnotations openWorldHint(boolean hint) {
        return new ToolAnnotations(title, readOnlyHint, destructiveHint, idempotentHint, hint);
    }
}
