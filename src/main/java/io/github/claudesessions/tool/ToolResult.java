package io.github.claudesessions.tool;

import io.github.claudesessions.internal.Check;
import io.github.claudesessions.internal.json.Json;
import io.github.claudesessions.internal.schema.Values;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a tool answers the model: pieces of content, in order, and whether it failed. Immutable. */
public final class ToolResult {
    private final List<ToolContent> content;
    private final @Nullable Map<String, Object> structured;
    private final boolean error;

    private ToolResult(List<ToolContent> content, @Nullable Map<String, Object> structured, boolean error) {
        this.content = List.copyOf(content);
        this.structured = structured;
        this.error = error;
    }

    /** A text. */
    public static ToolResult text(String text) {
        return of(new ToolContent.Text(text));
    }

    /** An image of a type that the API knows: PNG, JPEG, GIF or WebP. */
    public static ToolResult image(byte[] bytes, String mimeType) {
        return of(new ToolContent.Image(encode(bytes), mimeType));
    }

    /** The name and address of a resource. */
    public static ToolResult resourceLink(String uri, String name) {
        return of(new ToolContent.Link(uri, name, null, null));
    }

    /** A resource with its text. */
    public static ToolResult resource(String uri, String mimeType, String text) {
        return of(
                new ToolContent.Resource(uri, Check.notBlank("mimeType", mimeType), Check.notNull("text", text), null));
    }

    /** A resource with its bytes. */
    public static ToolResult resource(String uri, String mimeType, byte[] bytes) {
        return of(new ToolContent.Resource(uri, Check.notBlank("mimeType", mimeType), null, encode(bytes)));
    }

    /**
     * An object: a record or a map. The model sees its JSON, and of a result with other content too nothing else.
     *
     * @throws IllegalArgumentException if {@code object} is not an object in JSON
     */
    public static ToolResult structured(Object object) {
        Object json = Values.json(Check.notNull("object", object));
        Check.that(json instanceof Map<?, ?>, "object must be a record or a map, was of %s", object.getClass());
        return new ToolResult(List.of(new ToolContent.Text(Json.text(json))), Json.map(Json.tree(json)), false);
    }

    /**
     * A failure, in words that are chosen for the model and help it to do better. The model sees this text and nothing
     * else, while of an exception it sees the message as it is.
     */
    public static ToolResult error(String text) {
        return text(text).asError();
    }

    /** Several pieces, in this order. */
    public static ToolResult of(ToolContent... content) {
        return of(Arrays.asList(Check.notNull("content", content)));
    }

    /** Several pieces, in this order; none is an answer without content. */
    public static ToolResult of(List<? extends ToolContent> content) {
        return new ToolResult(List.copyOf(Check.notNull("content", content)), null, false);
    }

    /** This with the content of {@code next} after its own, a failure if one of them is. */
    public ToolResult and(ToolResult next) {
        List<ToolContent> both = new ArrayList<>(content);
        both.addAll(Check.notNull("next", next).content);
        return new ToolResult(both, structured == null ? next.structured : structured, error || next.error);
    }

    /** This as a failure. */
    public ToolResult asError() {
        return new ToolResult(content, structured, true);
    }

    /** The pieces. */
    public List<ToolContent> content() {
        return content;
    }

    /** The object of {@link #structured(Object)}, as JSON. */
    public Optional<Map<String, Object>> structuredContent() {
        return Optional.ofNullable(structured);
    }

    /** Whether the tool failed. */
    public boolean isError() {
        return error;
    }

    private static String encode(byte[] bytes) {
        return Base64.getEncoder().encodeToString(Check.notNull("bytes", bytes));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ToolResult that
                && error == that.error
                && content.equals(that.content)
                && structuredContent().equals(that.structuredContent());
    }

    @Override
    public int hashCode() {
        return 31 * content.hashCode() + Boolean.hashCode(error);
    }

    @Override
    public String toString() {
        return (error ? "ToolResult[error, " : "ToolResult[") + content + "]";
    }
}
