package io.github.claudesessions;

import io.github.claudesessions.internal.Check;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the groups of accessors share. {@link ClaudeOptions} is the only leaf; the groups are classes of their own to keep
 * each of a size that can be read, and are no types that a user names.
 */
abstract sealed class OptionValues permits LimitOptions {
    final Map<Option<?>, Object> values;

    OptionValues(Map<Option<?>, Object> values) {
        this.values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    final <T> @Nullable T get(Option<T> option) {
        return option.in(values);
    }

    /** The value of an option that has a default. */
    final <T> T valueOf(Option<T> option) {
        return Check.notNull(option.toString(), option.in(values));
    }
}
