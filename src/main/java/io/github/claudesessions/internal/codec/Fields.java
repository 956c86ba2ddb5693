package io.github.claudesessions.internal.codec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The fields of one JSON object, read leniently: a field of another type than expected counts as absent. The
 * {@code …OrNull}, {@code …OrEmpty} and {@code …OrFalse} methods are for optional fields; the others are for required
 * ones, whose absence is logged once per type and field, by name and never by value.
 */
final class Fields {
    private static final Logger LOG = LoggerFactory.getLogger(Fields.class);

    /** Bounded, because paths are made of names in this library's code, not of names on the wire. */
    private static final Set<String> LOGGED = ConcurrentHashMap.newKeySet();

    private final @Nullable Fields parent;
    private final String name;
    private final JsonNode node;

    private Fields(@Nullable Fields parent, String name, JsonNode node) {
        this.parent = parent;
        this.name = name;
        this.node = node;
    }

    /** The fields of {@code object}, called {@code name} in the log. */
    static Fields of(String name, JsonNode object) {
        return new Fields(null, name, object);
    }

    JsonNode node(String field) {
        return node.path(field);
    }

    /** A field of any type but null. */
    JsonNode required(String field) {
        JsonNode value = node.path(field);
        return value.isMissingNode() || value.isNull() ? absent(field, value) : value;
    }

    /** An object that may be absent, and then has no fields. */
    Fields child(String field) {
        JsonNode value = node.path(field);
        return new Fields(this, field, value.isObject() ? value : MissingNode.getInstance());
    }

    /** All fields as they are. */
    Map<String, Object> all() {
        return Plain.map(node);
    }

    String string(String field) {
        String value = stringOrNull(field);
        return value == null ? absent(field, "") : value;
    }

    @Nullable
    String stringOrNull(String field) {
        return node.path(field).textValue();
    }

    /** A value of an open set; absent is the empty value. */
    <V> V value(String field, Function<String, V> constructor) {
        return constructor.apply(string(field));
    }

    <V> @Nullable V valueOrNull(String field, Function<String, V> constructor) {
        String value = stringOrNull(field);
        return value == null ? null : constructor.apply(value);
    }

    long number(String field) {
        Long value = numberOrNull(field);
        return value == null ? absent(field, 0L) : value;
    }

    /** A fraction is cut off; what does not fit into 64 bits counts as absent. */
    @Nullable
    Long numberOrNull(String field) {
        JsonNode value = node.path(field);
        return value.isNumber() && value.canConvertToLong() ? value.longValue() : null;
    }

    long numberOrZero(String field) {
        Long value = numberOrNull(field);
        return value == null ? 0 : value;
    }

    int integer(String field) {
        Integer value = integerOrNull(field);
        return value == null ? absent(field, 0) : value;
    }

    @Nullable
    Integer integerOrNull(String field) {
        JsonNode value = node.path(field);
        return value.isNumber() && value.canConvertToInt() ? value.intValue() : null;
    }

    double decimal(String field) {
        Double value = decimalOrNull(field);
        return value == null ? absent(field, 0.0) : value;
    }

    @Nullable
    Double decimalOrNull(String field) {
        JsonNode value = node.path(field);
        return value.isNumber() && Double.isFinite(value.doubleValue()) ? value.doubleValue() : null;
    }

    boolean flag(String field) {
        return flag(field, false);
    }

    boolean flag(String field, boolean fallback) {
        Boolean value = flagOrNull(field);
        return value == null ? absent(field, fallback) : value;
    }

    @Nullable
    Boolean flagOrNull(String field) {
        JsonNode value = node.path(field);
        return value.isBoolean() ? value.booleanValue() : null;
    }

    boolean flagOrFalse(String field) {
        return node.path(field).booleanValue();
    }

    List<String> strings(String field) {
        requireArray(field);
        return stringsOrEmpty(field);
    }

    List<String> stringsOrEmpty(String field) {
        JsonNode array = node.path(field);
        if (!array.isArray() || array.isEmpty()) {
            return List.of();
        }
        List<String> strings = new ArrayList<>(array.size());
        for (JsonNode element : array) {
            if (element.isTextual()) {
                strings.add(element.textValue());
            }
        }
        return List.copyOf(strings);
    }

    /** Elements of any type but null. */
    List<Object> valuesOrEmpty(String field) {
        JsonNode array = node.path(field);
        if (!array.isArray() || array.isEmpty()) {
            return List.of();
        }
        List<Object> values = new ArrayList<>(array.size());
        for (JsonNode element : array) {
            Object value = Plain.of(element);
            if (value != null) {
                values.add(value);
            }
        }
        return List.copyOf(values);
    }

    Map<String, Object> map(String field) {
        if (!node.path(field).isObject()) {
            absent(field, Map.of());
        }
        return mapOrEmpty(field);
    }

    Map<String, Object> mapOrEmpty(String field) {
        return Plain.map(node.path(field));
    }

    @Nullable
    Object anyOrNull(String field) {
        return Plain.of(node.path(field));
    }

    /** An object that has to be there; if it is not, all of its fields are absent, which is logged for it alone. */
    <T> T object(String field, Function<Fields, T> codec) {
        JsonNode value = node.path(field);
        if (!value.isObject()) {
            absent(field, "");
            value = MissingNode.getInstance();
        }
        return codec.apply(new Fields(this, field, value));
    }

    <T> @Nullable T objectOrNull(String field, Function<Fields, T> codec) {
        JsonNode value = node.path(field);
        return value.isObject() ? codec.apply(new Fields(this, field, value)) : null;
    }

    <T> List<T> list(String field, Function<Fields, T> codec) {
        requireArray(field);
        return listOrEmpty(field, codec);
    }

    /** Elements that are no objects are left out. */
    <T> List<T> listOrEmpty(String field, Function<Fields, T> codec) {
        JsonNode array = node.path(field);
        if (!array.isArray() || array.isEmpty()) {
            return List.of();
        }
        List<T> list = new ArrayList<>(array.size());
        for (JsonNode element : array) {
            if (element.isObject()) {
                list.add(codec.apply(new Fields(this, field, element)));
            }
        }
        return List.copyOf(list);
    }

    /** An object whose names are data, and whose values are objects of one kind. */
    <T> Map<String, T> entries(String field, Function<Fields, T> codec) {
        Map<String, T> map = new LinkedHashMap<>();
        node.path(field).properties().forEach(entry -> {
            if (entry.getValue().isObject()) {
                map.put(entry.getKey(), codec.apply(new Fields(this, field, entry.getValue())));
            }
        });
        return map;
    }

    private void requireArray(String field) {
        if (!node.path(field).isArray()) {
            absent(field, "");
        }
    }

    private <T> T absent(String field, T fallback) {
        if (!node.isMissingNode()) {
            String path = path() + "." + field;
            if (LOGGED.add(path)) {
                LOG.warn("Required field {} is absent or has another type than expected; its default is used", path);
            }
        }
        return fallback;
    }

    private String path() {
        return parent == null ? name : parent.path() + "." + name;
    }
}
