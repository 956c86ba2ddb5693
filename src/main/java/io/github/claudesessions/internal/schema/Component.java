package io.github.claudesessions.internal.schema;

import io.github.claudesessions.internal.Check;
import io.github.claudesessions.internal.json.Json;
import io.github.claudesessions.schema.DefaultValue;
import io.github.claudesessions.schema.Description;
import java.lang.annotation.Annotation;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A component of a record, as the schema and the binding see it.
 *
 * @param description what the model is told about it, or null
 * @param required whether the property must be there
 * @param fallback the JSON value when it is not, or null
 */
record Component(
        String name,
        Type type,
        Class<?> raw,
        @Nullable String description,
        boolean required,
        @Nullable Object fallback) {

    static List<Component> of(Class<?> record) {
        return Arrays.stream(record.getRecordComponents()).map(Component::of).toList();
    }

    private static Component of(RecordComponent component) {
        Description description = component.getAnnotation(Description.class);
        DefaultValue fallback = component.getAnnotation(DefaultValue.class);
        boolean optional = isOptional(component.getType()) || isNullable(component) || fallback != null;
        return new Component(
                component.getName(),
                component.getGenericType(),
                component.getType(),
                description == null ? null : description.value(),
                !optional,
                fallback == null ? null : value(component, fallback.value()));
    }

    static boolean isOptional(Class<?> type) {
        return type == Optional.class
                || type == OptionalInt.class
                || type == OptionalLong.class
                || type == OptionalDouble.class;
    }

    /** Libraries differ in whose annotation they use, and in whether it is on the type or on the component. */
    private static boolean isNullable(RecordComponent component) {
        return Stream.of(
                        component.getAnnotations(),
                        component.getAnnotatedType().getAnnotations(),
                        component.getAccessor().getAnnotations())
                .flatMap(Arrays::stream)
                .map(Annotation::annotationType)
                .anyMatch(type -> type.getSimpleName().equals("Nullable"));
    }

    private static Object value(RecordComponent component, String text) {
        Scalar scalar = Scalar.of(component.getType());
        boolean string = component.getType().isEnum()
                || (scalar != null && scalar.jsonType().equals("string"));
        if (string) {
            return text;
        }
        String where = "the default of " + component.getDeclaringRecord().getSimpleName() + "." + component.getName();
        byte[] json = ("{\"value\":" + text + "}").getBytes(StandardCharsets.UTF_8);
        try {
            return Check.notNull(where, Json.map(json).get("value"));
        } catch (RuntimeException e) {
            throw new IllegalArgumentException(where + " must be JSON, was \"" + text + "\"", e);
        }
    }
}
