package io.github.claudesessions.internal.codec;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON trees as plain collections, which are what users see: unmodifiable, in the order of the line. */
final class Plain {
    private Plain() {}

    static @Nullable Object of(JsonNode node) {
        return switch (node.getNodeType()) {
            case OBJECT -> map(node);
            case ARRAY -> list(node);
            case STRING -> node.textValue();
            case BOOLEAN -> node.booleanValue();
            case NUMBER -> node.numberValue();
            case NULL, MISSING, BINARY, POJO -> null;
        };
    }

    /** Empty if {@code node} is no object. JSON's null becomes a null value. */
    @SuppressWarnings("NullAway") // public signatures say Map<String, Object>; their Javadoc speaks of the nulls
    static Map<String, Object> map(JsonNode node) {
        if (!node.isObject() || node.isEmpty()) {
            return Map.of();
        }
        Map<String, Object> map = LinkedHashMap.newLinkedHashMap(node.size());
        node.properties().forEach(entry -> map.put(entry.getKey(), of(entry.getValue())));
        return Collections.unmodifiableMap(map);
    }

    @SuppressWarnings("NullAway") // as above
    private static List<Object> list(JsonNode node) {
        List<Object> list = new ArrayList<>(node.size());
        for (JsonNode element : node) {
            list.add(of(element));
        }
        return Collections.unmodifiableList(list);
    }
}
