package io.github.claudesessions;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the groups of setters share. {@link ClaudeOptions.Builder} is the only leaf; the groups are classes of their own
 * to keep each of a size that can be read, and are no types that a user names.
 */
abstract sealed class Setters<B> permits ModelSetters {
    final Map<Option<?>, Object> values;

    Setters(Map<Option<?>, Object> values) {
        this.values = new LinkedHashMap<>(values);
    }

    /** This builder, by its own type. */
    abstract B self();

    final <T> B set(Option<T> option, T value) {
        option.set(values, value);
        return self();
    }

    /** Adds {@code element} at the end of the list. */
    final <E> B add(Option<List<E>> option, E element) {
        List<E> now = get(option);
        List<E> more = now == null ? new ArrayList<>() : new ArrayList<>(now);
        more.add(element);
        return set(option, List.copyOf(more));
    }

    /** Forgets that the option was set. */
    final B unset(Option<?> option) {
        values.remove(option);
        return self();
    }

    final <T> @Nullable T get(Option<T> option) {
        return option.in(values);
    }
}
