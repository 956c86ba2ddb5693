package io.github.claudesessions.control;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns what the wire left out into what an accessor may return. */
final class Copies {
    private Copies() {}

    static <T> List<T> list(@Nullable List<T> values) {
        return values == null ? List.of() : List.copyOf(values);
    }

    static <V> Map<String, V> map(@Nullable Map<String, V> values) {
        return values == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    static String text(@Nullable String value) {
        return value == null ? "" : value;
    }
}
