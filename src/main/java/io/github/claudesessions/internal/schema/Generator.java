package io.github.claudesessions.internal.schema;

import io.github.claudesessions.schema.Description;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes the JSON Schema of a Java type; what is possible is told in the package {@code schema}. */
public final class Generator {
    private final Deque<Class<?>> open = new ArrayDeque<>();

    private Generator() {}

    /**
     * The schema of {@code type}, unmodifiable.
     *
     * @throws IllegalArgumentException if it has none; the message names the path
     */
    public static Map<String, Object> schema(Type type) {
        return new Generator().of(type, type instanceof Class<?> named ? named.getSimpleName() : type.getTypeName());
    }

    private Map<String, Object> of(Type type, String path) {
        return switch (type) {
            case Class<?> plain -> of(plain, path);
            case ParameterizedType generic -> of(generic, path);
            case WildcardType wildcard -> of(wildcard.getUpperBounds()[0], path);
            default -> throw refused(path, type, "is a type variable or an array");
        };
    }

    private Map<String, Object> of(Class<?> type, String path) {
        Scalar scalar = Scalar.of(type);
        if (scalar != null) {
            return map("type", scalar.jsonType(), "format", scalar.format());
        } else if (type == Object.class) {
            return Map.of();
        } else if (type.isEnum()) {
            return map("type", "string", "description", description(type), "enum", names(type));
        } else if (type == OptionalInt.class || type == OptionalLong.class) {
            return map("type", "integer");
        } else if (type == OptionalDouble.class) {
            return map("type", "number");
        } else if (type.isRecord()) {
            return nested(type, path, () -> record(type, path, null, null));
        } else if (type.isSealed() && type.isInterface()) {
            return nested(type, path, () -> family(type, path));
        }
        throw refused(path, type, "is not supported; use records, and see the package schema for the other types");
    }

    private Map<String, Object> of(ParameterizedType type, String path) {
        Class<?> raw = (Class<?>) type.getRawType();
        Type[] arguments = type.getActualTypeArguments();
        if (raw == Optional.class) {
            return of(arguments[0], path);
        } else if (raw == List.class || raw == Collection.class) {
            return map("type", "array", "items", of(arguments[0], path + "[]"));
        } else if (raw == Set.class) {
            return map("type", "array", "items", of(arguments[0], path + "[]"), "uniqueItems", true);
        } else if (raw == Map.class && arguments[0] == String.class) {
            return map("type", "object", "additionalProperties", of(arguments[1], path + "{}"));
        }
        throw refused(path, type, "is not a supported generic type");
    }

    private Map<String, Object> record(
            Class<?> type, String path, @Nullable String discriminator, @Nullable String name) {
        if (type.getTypeParameters().length > 0) {
            throw refused(path, type, "is a generic record");
        }
        Map<String, Object> properties = new LinkedHashMap<>();
        List<String> required = new ArrayList<>();
        if (discriminator != null && name != null) {
            properties.put(discriminator, map("type", "string", "const", name));
            required.add(discriminator);
        }
        for (Component component : Component.of(type)) {
            String where = path + "." + component.name();
            Map<String, Object> schema = new LinkedHashMap<>(of(component.type(), where));
            if (component.description() != null) {
                schema.put("description", component.description());
            }
            if (component.fallback() != null) {
                Schema.of(schema).check(component.fallback()).ifPresent(violation -> {
                    throw new IllegalArgumentException("the default of " + where + " must fit its type: " + violation);
                });
                schema.put("default", component.fallback());
            }
            properties.put(component.name(), Collections.unmodifiableMap(schema));
            if (component.required()) {
                required.add(component.name());
            }
        }
        return map(
                "type",
                "object",
                "description",
                description(type),
                "properties",
                Collections.unmodifiableMap(properties),
                "required",
                List.copyOf(required),
                "additionalProperties",
                false);
    }

    private Map<String, Object> family(Class<?> type, String path) {
        Family family = Family.of(type);
        List<Object> members = new ArrayList<>();
        family.members()
                .forEach((name, member) -> members.add(
                        nested(member, path, () -> record(member, path + "(" + name + ")", family.property(), name))));
        return map("description", description(type), "anyOf", List.copyOf(members));
    }

    private Map<String, Object> nested(Class<?> type, String path, Supplier<Map<String, Object>> make) {
        if (open.contains(type)) {
            throw refused(path, type, "contains itself, and a schema made from types can't be recursive");
        }
        open.push(type);
        try {
            return make.get();
        } finally {
            open.pop();
        }
    }

    private static @Nullable String description(Class<?> type) {
        Description description = type.getAnnotation(Description.class);
        return description == null ? null : description.value();
    }

    private static List<String> names(Class<?> type) {
        return Stream.of(type.getEnumConstants())
                .map(constant -> ((Enum<?>) constant).name())
                .toList();
    }

    private static IllegalArgumentException refused(String path, Type type, String why) {
        return new IllegalArgumentException("no JSON schema for " + path + ": " + type.getTypeName() + " " + why);
    }

    /** Names and values in turn; a null value leaves its name out. */
    private static Map<String, Object> map(@Nullable Object... entries) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < entries.length; i += 2) {
            Object value = entries[i + 1];
            if (value != null) {
                map.put(String.valueOf(entries[i]), value);
            }
        }
        return Collections.unmodifiableMap(map);
    }
}
