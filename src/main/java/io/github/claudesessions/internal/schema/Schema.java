package io.github.claudesessions.internal.schema;

import io.github.claudesessions.internal.Check;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * A JSON Schema whose every keyword is understood. Immutable; the check is bounded in depth and time whatever the value
 * is, because a model chose it.
 */
public final class Schema {
    private static final Set<String> NOTES = Set.of(
            "title",
            "description",
            "default",
            "examples",
            "format",
            "$schema",
            "$id",
            "$comment",
            "deprecated",
            "readOnly",
            "writeOnly");
    private static final Set<String> COUNTS =
            Set.of("minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties");
    private static final Set<String> NUMBERS =
            Set.of("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf");
    private static final Set<String> TYPES =
            Set.of("object", "array", "string", "number", "integer", "boolean", "null");
    private static final int MAX_DEPTH = 100;

    private final Map<String, Object> root;

    private Schema(Map<String, Object> root) {
        this.root = root;
    }

    /**
     * Takes a schema over, which must not change afterwards.
     *
     * @throws IllegalArgumentException if a keyword is unknown or has a value that makes no sense
     */
    public static Schema of(Map<String, Object> root) {
        Schema schema = new Schema(root);
        schema.verify(root, "schema", 0);
        return schema;
    }

    public Map<String, Object> root() {
        return root;
    }

    /** What is wrong with {@code value}, if anything. */
    public Optional<Violation> check(@Nullable Object value) {
        return Optional.ofNullable(new Validation(this).check(root, value, "$", 0));
    }

    /** The schema that a reference means. */
    Map<?, ?> resolve(String reference) {
        Object target = root;
        Check.that(
                reference.equals("#") || reference.startsWith("#/"),
                "$ref must be within the schema, was \"%s\"",
                reference);
        String[] steps =
                reference.length() < 2 ? new String[0] : reference.substring(2).split("/", -1);
        for (String step : steps) {
            String name = step.replace("~1", "/").replace("~0", "~");
            target = target instanceof Map<?, ?> object ? object.get(name) : null;
        }
        if (target instanceof Map<?, ?> schema) {
            return schema;
        }
        throw new IllegalArgumentException("$ref must name a schema object, was \"" + reference + "\"");
    }

    // ---- is the schema itself one

    private void verify(@Nullable Object candidate, String path, int depth) {
        Check.that(depth <= MAX_DEPTH, "%s must not be nested deeper than %d", path, MAX_DEPTH);
        if (candidate instanceof Boolean) {
            return;
        }
        if (!(candidate instanceof Map<?, ?> schema)) {
            throw new IllegalArgumentException(path + " must be an object or a boolean, was " + candidate);
        }
        schema.forEach((keyword, value) -> verify(String.valueOf(keyword), value, path, depth));
    }

    private void verify(String keyword, @Nullable Object value, String path, int depth) {
        String where = path + "." + keyword;
        if (NOTES.contains(keyword)) {
            return;
        } else if (COUNTS.contains(keyword)) {
            Check.that(value instanceof Number n && n.longValue() >= 0, "%s must be a count, was %s", where, value);
        } else if (NUMBERS.contains(keyword)) {
            Check.that(value instanceof Number, "%s must be a number, was %s", where, value);
            Check.that(
                    !keyword.equals("multipleOf") || Numbers.sign(value) > 0,
                    "%s must be positive, was %s",
                    where,
                    value);
        } else {
            verifyOther(keyword, value, where, depth);
        }
    }

    private void verifyOther(String keyword, @Nullable Object value, String where, int depth) {
        switch (keyword) {
            case "const" -> {}
            case "type" -> {
                Collection<?> types = value instanceof Collection<?> several ? several : List.of(String.valueOf(value));
                Check.that(TYPES.containsAll(types), "%s must be of %s, was %s", where, TYPES, value);
            }
            case "enum" -> Check.that(value instanceof Collection<?>, "%s must be an array, was %s", where, value);
            case "required" ->
                Check.that(
                        value instanceof Collection<?> names && names.stream().allMatch(String.class::isInstance),
                        "%s must be an array of names, was %s",
                        where,
                        value);
            case "uniqueItems" -> Check.that(value instanceof Boolean, "%s must be a boolean, was %s", where, value);
            case "pattern" -> pattern(where, value);
            case "$ref" -> reference(String.valueOf(value));
            case "items", "additionalProperties", "not" -> verify(value, where, depth + 1);
            case "properties", "$defs", "definitions" -> {
                Check.that(value instanceof Map<?, ?>, "%s must be an object, was %s", where, value);
                if (value instanceof Map<?, ?> schemas) {
                    schemas.forEach((name, schema) -> verify(schema, where + "." + name, depth + 1));
                }
            }
            case "anyOf", "oneOf", "allOf" -> {
                Check.that(
                        value instanceof Collection<?> schemas && !schemas.isEmpty(),
                        "%s must be an array that is not empty, was %s",
                        where,
                        value);
                if (value instanceof Collection<?> schemas) {
                    schemas.forEach(schema -> verify(schema, where, depth + 1));
                }
            }
            default ->
                throw new IllegalArgumentException(
                        where + " must be a keyword of the supported subset, which the package schema lists");
        }
    }

    private static void pattern(String where, @Nullable Object value) {
        try {
            Pattern.compile(String.valueOf(value));
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(where + " must be a regular expression, was " + value, e);
        }
    }

    /** References that lead only to each other would never come to an end. */
    private void reference(String first) {
        Object next = first;
        for (int hops = 0; next instanceof String reference; hops++) {
            Check.that(hops < MAX_DEPTH, "$ref must not lead back to itself, was \"%s\"", first);
            next = resolve(reference).get("$ref");
        }
    }
}
