package io.github.claudesessions.internal.schema;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A type as structured output. The API takes only objects, so that any other type travels as the one property of one.
 *
 * @param schema the schema of the output
 */
public record OutputType<T>(Class<T> type, Map<String, Object> schema) {
    private static final String PROPERTY = "value";

    /**
     * The schema of {@code type}.
     *
     * @throws IllegalArgumentException if none can be made
     */
    public static <T> OutputType<T> of(Class<T> type) {
        Map<String, Object> schema = Generator.schema(type);
        return new OutputType<>(
                type,
                type.isRecord()
                        ? schema
                        : Map.of(
                                "type",
                                "object",
                                "properties",
                                Map.of(PROPERTY, schema),
                                "required",
                                List.of(PROPERTY),
                                "additionalProperties",
                                false));
    }

    /**
     * The value of an output.
     *
     * @throws MismatchException if it does not fit
     */
    public T read(@Nullable Object output) {
        Schema.of(schema).check(output).ifPresent(violation -> {
            throw new MismatchException(violation);
        });
        return bind(output, type);
    }

    /**
     * The value of an output whose schema is not known.
     *
     * @throws IllegalArgumentException if it does not fit
     */
    public static <T> T bind(@Nullable Object output, Class<T> type) {
        if (!type.isRecord()
                && output instanceof Map<?, ?> object
                && object.keySet().equals(Set.of(PROPERTY))) {
            return Binding.bind(object.get(PROPERTY), type);
        }
        return Binding.bind(output, type);
    }
}
