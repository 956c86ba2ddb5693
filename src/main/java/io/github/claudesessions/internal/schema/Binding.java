package io.github.claudesessions.internal.schema;

import io.github.claudesessions.internal.json.Json;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes a Java value of JSON, by the same rules as {@link Generator} makes the schema of its type. */
public final class Binding {
    private Binding() {}

    /**
     * Binds {@code json} to {@code type}. A type that the schemas do not know is left to the JSON library.
     *
     * @throws MismatchException if the value does not fit
     * @throws IllegalArgumentException if it does not fit a type of the JSON library's
     */
    public static <T> T bind(@Nullable Object json, Class<T> type) {
        boolean known = type.isRecord() || type.isEnum() || type.isSealed() || Scalar.of(type) != null;
        return known ? cast(bind(json, type, "$"), type) : Json.bind(json, type);
    }

    @SuppressWarnings("unchecked") // the class of a primitive does not cast its box
    static <T> T cast(@Nullable Object value, Class<T> type) {
        if (value == null) {
            throw new MismatchException(Violation.of("$", "must not be null", null));
        }
        return (T) value;
    }

    static @Nullable Object bind(@Nullable Object json, Type type, String path) {
        return switch (type) {
            case Class<?> plain -> bind(json, plain, path);
            case ParameterizedType generic -> generic(json, generic, path);
            case WildcardType wildcard -> bind(json, wildcard.getUpperBounds()[0], path);
            default -> throw new IllegalArgumentException("no binding for " + path + " of " + type);
        };
    }

    private static @Nullable Object bind(@Nullable Object json, Class<?> type, String path) {
        Scalar scalar = Scalar.of(type);
        if (type == Object.class) {
            return json;
        } else if (scalar != null) {
            return scalar(json, scalar, type, path);
        } else if (type == OptionalInt.class) {
            return json == null ? OptionalInt.empty() : OptionalInt.of((Integer) present(json, int.class, path));
        } else if (type == OptionalLong.class) {
            return json == null ? OptionalLong.empty() : OptionalLong.of((Long) present(json, long.class, path));
        } else if (type == OptionalDouble.class) {
            return json == null
                    ? OptionalDouble.empty()
                    : OptionalDouble.of((Double) present(json, double.class, path));
        } else if (type.isEnum()) {
            return Stream.of(type.getEnumConstants())
                    .filter(constant -> ((Enum<?>) constant).name().equals(json))
                    .findFirst()
                    .orElseThrow(() -> mismatch(path, "must be the name of a " + type.getSimpleName(), json));
        } else if (type.isRecord()) {
            return record(object(json, path), type, path);
        } else if (type.isSealed()) {
            Family family = Family.of(type);
            Map<?, ?> object = object(json, path);
            Object name = object.get(family.property());
            Class<?> member = name instanceof String known ? family.members().get(known) : null;
            if (member == null) {
                throw mismatch(
                        path + "." + family.property(),
                        "must be one of " + family.members().keySet(),
                        name);
            }
            return record(object, member, path);
        }
        throw new IllegalArgumentException("no binding for " + path + " of " + type.getName());
    }

    private static Object present(Object json, Class<?> type, String path) {
        return cast(bind(json, type, path), Object.class);
    }

    private static Object scalar(@Nullable Object json, Scalar scalar, Class<?> type, String path) {
        Object value = switch (scalar.jsonType()) {
            case "string" -> json instanceof String ? json : null;
            case "boolean" -> json instanceof Boolean ? json : null;
            default -> Numbers.of(json);
        };
        if (value == null) {
            throw mismatch(path, "must be of type " + scalar.jsonType(), json);
        }
        try {
            return scalar.read().apply(value);
        } catch (RuntimeException e) {
            String rule = value instanceof BigDecimal ? "must fit " : "must have the form of ";
            throw mismatch(path, rule + type.getSimpleName(), json);
        }
    }

    private static @Nullable Object generic(@Nullable Object json, ParameterizedType type, String path) {
        Type element = type.getActualTypeArguments()[type.getActualTypeArguments().length - 1];
        if (type.getRawType() == Optional.class) {
            return json == null ? Optional.empty() : Optional.ofNullable(bind(json, element, path));
        } else if (type.getRawType() == Map.class) {
            Map<String, @Nullable Object> values = new LinkedHashMap<>();
            object(json, path)
                    .forEach((name, value) -> values.put((String) name, bind(value, element, path + "." + name)));
            return Collections.unmodifiableMap(values);
        }
        if (!(json instanceof List<?> array)) {
            throw mismatch(path, "must be of type array", json);
        }
        List<@Nullable Object> values = new ArrayList<>(array.size());
        for (int i = 0; i < array.size(); i++) {
            values.add(bind(array.get(i), element, path + "[" + i + "]"));
        }
        return type.getRawType() == Set.class
                ? Collections.unmodifiableSet(new LinkedHashSet<>(values))
                : Collections.unmodifiableList(values);
    }

    private static Map<?, ?> object(@Nullable Object json, String path) {
        if (json instanceof Map<?, ?> object) {
            return object;
        }
        throw mismatch(path, "must be of type object", json);
    }

    private static Object record(Map<?, ?> json, Class<?> type, String path) {
        List<Component> components = Component.of(type);
        @Nullable Object[] values = new Object[components.size()];
        for (int i = 0; i < values.length; i++) {
            Component component = components.get(i);
            String where = path + "." + component.name();
            Object given = json.get(component.name());
            Object value = given == null ? component.fallback() : given;
            boolean absent = value == null && !Component.isOptional(component.raw());
            if (absent && (component.required() || component.raw().isPrimitive())) {
                throw new MismatchException(new Violation(where, "is required", "absent"));
            }
            values[i] = absent ? null : bind(value, component.type(), where);
        }
        return construct(type, components, values, path);
    }

    private static Object construct(Class<?> type, List<Component> components, @Nullable Object[] values, String path) {
        Class<?>[] parameters = components.stream().map(Component::raw).toArray(Class<?>[]::new);
        try {
            Constructor<?> constructor = type.getDeclaredConstructor(parameters);
            constructor.setAccessible(true);
            return constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            throw mismatch(
                    path,
                    "must be accepted by " + type.getSimpleName() + ", which says \""
                            + e.getTargetException().getMessage() + "\"",
                    null);
        } catch (ReflectiveOperationException | RuntimeException e) {
            throw new IllegalArgumentException(
                    type.getName() + " can't be made: its package must be opened to io.github.claudesessions", e);
        }
    }

    private static MismatchException mismatch(String path, String rule, @Nullable Object value) {
        return new MismatchException(Violation.of(path, rule, value));
    }
}
