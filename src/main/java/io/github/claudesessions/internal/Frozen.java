package io.github.claudesessions.internal;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Deep copies of JSON values that can't be changed. */
public final class Frozen {
    private Frozen() {}

    /** Keeps the order and JSON's nulls, which {@link Map#copyOf} does not. */
    public static Map<String, Object> map(Map<String, ?> map) {
        if (map.isEmpty()) {
            return Map.of();
        }
        Map<String, Object> copy = LinkedHashMap.newLinkedHashMap(map.size());
        map.forEach((key, value) -> put(copy, key, value));
        return Collections.unmodifiableMap(copy);
    }

    @SuppressWarnings("NullAway") // public signatures say Map<String, Object>; their Javadoc speaks of the nulls
    private static void put(Map<String, Object> map, String key, @Nullable Object value) {
        map.put(key, value(value));
    }

    private static @Nullable Object value(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> copy = LinkedHashMap.newLinkedHashMap(map.size());
            map.forEach((key, element) -> put(copy, String.valueOf(key), element));
            return Collections.unmodifiableMap(copy);
        }
        return value instanceof List<?> list ? list(list) : value;
    }

    @SuppressWarnings("NullAway") // as above
    private static List<Object> list(List<?> list) {
        List<Object> copy = new ArrayList<>(list.size());
        for (Object element : list) {
            copy.add(value(element));
        }
        return Collections.unmodifiableList(copy);
    }
}
