package io.github.claudesessions.internal.schema;

import io.github.claudesessions.internal.json.Json;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Makes JSON (maps, lists, strings, numbers, booleans, null) of Java values: the inverse of {@link Binding}. */
public final class Values {
    private static final int MAX_DEPTH = 200;

    private Values() {}

    /** The JSON of {@code value}; new maps and lists. What is empty is left out of objects. */
    public static @Nullable Object json(@Nullable Object value) {
        return json(value, 0);
    }

    private static @Nullable Object json(@Nullable Object value, int depth) {
        if (depth > MAX_DEPTH) {
            throw new IllegalArgumentException("a value must not be nested deeper than " + MAX_DEPTH);
        }
        return switch (value) {
            case null -> null;
            case String text -> text;
            case Boolean truth -> truth;
            case Number number -> number;
            case Enum<?> constant -> constant.name();
            case Optional<?> optional -> json(optional.orElse(null), depth);
            case OptionalInt optional -> optional.isPresent() ? optional.getAsInt() : null;
            case OptionalLong optional -> optional.isPresent() ? optional.getAsLong() : null;
            case OptionalDouble optional -> optional.isPresent() ? optional.getAsDouble() : null;
            case Map<?, ?> map -> {
                Map<String, @Nullable Object> object = new LinkedHashMap<>();
                map.forEach((name, member) -> object.put(String.valueOf(name), json(member, depth + 1)));
                yield object;
            }
            case Collection<?> items -> {
                List<@Nullable Object> array = new ArrayList<>();
                items.forEach(item -> array.add(json(item, depth + 1)));
                yield array;
            }
            case Record record -> object(record, depth);
            default ->
                Scalar.of(value.getClass()) != null || value instanceof Path
                        ? value.toString()
                        : Json.map(Json.tree(Map.of("value", value))).get("value");
        };
    }

    private static Map<String, @Nullable Object> object(Record record, int depth) {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        family(record.getClass())
                .ifPresent(family ->
                        object.put(family.property(), record.getClass().getSimpleName()));
        for (RecordComponent component : record.getClass().getRecordComponents()) {
            Object member = json(read(record, component), depth + 1);
            if (member != null) {
                object.put(component.getName(), member);
            }
        }
        return object;
    }

    /** The outermost sealed interface that has this record in its family. */
    private static Optional<Family> family(Class<?> type) {
        Optional<Family> found = Optional.empty();
        for (Class<?> parent : type.getInterfaces()) {
            if (parent.isSealed()) {
                found = family(parent).or(() -> Optional.of(Family.of(parent)));
            }
        }
        return found;
    }

    private static @Nullable Object read(Record record, RecordComponent component) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(record);
        } catch (ReflectiveOperationException | RuntimeException e) {
            throw new IllegalArgumentException(
                    record.getClass().getName()
                            + " can't be read: its package must be opened to io.github.claudesessions",
                    e);
        }
    }
}
