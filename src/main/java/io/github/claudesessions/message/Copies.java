package io.github.claudesessions.message;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Copies for compact constructors. */
final class Copies {
    private Copies() {}

    /** Keeps the order and JSON's nulls, which {@link Map#copyOf} does not. */
    static <V> Map<String, V> map(Map<String, V> map) {
        return map.isEmpty() ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(map));
    }
}
