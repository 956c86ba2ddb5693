package io.github.claudesessions.control;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Turns what the wire left out into what an accessor may return. */
final class Copies {
    private Copies() {}

    static <T> List<T> list(@Nullable List<T> values) {
        return values == null ? List.of() : List.copyOf(values);
    }

    static String text(@Nullable String value) {
        return value == null ? "" : value;
    }
}
