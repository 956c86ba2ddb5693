package io.github.claudesessions.internal.schema;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a value breaks a schema.
 *
 * @param path where, such as {@code $.items[2].name}
 * @param rule what would be right, such as {@code must be an integer}
 * @param value what is there, as short JSON
 */
public record Violation(String path, String rule, String value) {
    private static final int SHOWN_CHARS = 100;

    static Violation of(String path, String rule, @Nullable Object value) {
        return new Violation(path, rule, shown(value));
    }

    /** Short JSON, without writing all of a large value. */
    private static String shown(@Nullable Object value) {
        return switch (value) {
            case null -> "null";
            case String text ->
                text.length() <= SHOWN_CHARS
                        ? '"' + text + '"'
                        : '"' + text.substring(0, SHOWN_CHARS) + "…\" of " + text.length() + " characters";
            case Map<?, ?> object -> "an object of " + object.size() + " properties";
            case List<?> array -> "an array of " + array.size() + " items";
            default -> {
                String text = String.valueOf(value);
                yield text.length() <= SHOWN_CHARS ? text : text.substring(0, SHOWN_CHARS) + "…";
            }
        };
    }

    @Override
    public String toString() {
        return path + " " + rule + ", was " + value;
    }
}
