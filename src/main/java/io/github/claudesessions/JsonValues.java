package io.github.claudesessions;

import io.github.claudesessions.internal.Check;
import io.github.claudesessions.internal.Frozen;
import io.github.claudesessions.internal.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON objects that a user gives as maps: checked, and copied so that nothing changes them afterwards. */
final class JsonValues {
    private static final int MAX_DEPTH = 500;

    private JsonValues() {}

    /** The object as it will be on the wire. Messages do not show values. */
    static Map<String, Object> object(String name, @Nullable Map<String, ?> value) {
        Map<String, ?> given = Check.notNull(name, value);
        given.forEach((key, element) -> Check.that(
                isJson(element, MAX_DEPTH),
                "%s must be of maps, lists, texts, numbers, booleans and nulls, was not at \"%s\"",
                name,
                key));
        return Frozen.map(given);
    }

    /** Neither a mistake nor a secret should be turned into JSON by way of its getters. */
    private static boolean isJson(@Nullable Object value, int depth) {
        return switch (value) {
            case null -> true;
            case Map<?, ?> map ->
                depth > 0
                        && map.entrySet().stream()
                                .allMatch(entry ->
                                        entry.getKey() instanceof String && isJson(entry.getValue(), depth - 1));
            case List<?> list -> depth > 0 && list.stream().allMatch(element -> isJson(element, depth - 1));
            case String text -> true;
            case Boolean truth -> true;
            case Double number -> Double.isFinite(number);
            case Float number -> Float.isFinite(number);
            case Number number -> true;
            default -> false;
        };
    }

    /** The object in a file. */
    static Map<String, Object> file(String name, @Nullable Path file) {
        Path given = Check.notNull(name, file);
        byte[] json;
        try {
            json = Files.readAllBytes(given);
        } catch (IOException e) {
            throw new UncheckedIOException("can't read " + given + " for " + name, e);
        }
        try {
            return Frozen.map(Json.map(json));
        } catch (UncheckedIOException e) {
            throw new IllegalArgumentException(name + " must be a JSON object, was not in the file " + given, e);
        }
    }
}
