package io.github.claudesessions.internal.schema;

import io.github.claudesessions.internal.json.Json;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One check of a value against a schema. Returns the first violation, or null. */
final class Validation {
    private static final int MAX_DEPTH = 200;

    /** Schemas tried, over all alternatives: nested {@code anyOf} multiply. */
    private static final int MAX_STEPS = 1_000_000;

    private final Schema schema;
    private int steps;

    Validation(Schema schema) {
        this.schema = schema;
    }

    @Nullable
    Violation check(@Nullable Object rules, @Nullable Object value, String path, int depth) {
        if (depth > MAX_DEPTH || ++steps > MAX_STEPS) {
            return Violation.of(path, "must not be nested so deeply or need so many checks", value);
        }
        if (!(rules instanceof Map<?, ?> map)) {
            return Boolean.FALSE.equals(rules) ? Violation.of(path, "must be absent", value) : null;
        }
        Violation found = null;
        for (Map.Entry<?, ?> rule : map.entrySet()) {
            found = keyword(String.valueOf(rule.getKey()), rule.getValue(), map, value, path, depth);
            if (found != null) {
                break;
            }
        }
        return found;
    }

    private @Nullable Violation keyword(
            String keyword, @Nullable Object rule, Map<?, ?> all, @Nullable Object value, String path, int depth) {
        return switch (keyword) {
            case "$ref" -> check(schema.resolve(String.valueOf(rule)), value, path, depth + 1);
            case "type" -> type(rule, value, path);
            case "const" -> same(rule, value) ? null : Violation.of(path, "must be " + Json.text(rule), value);
            case "enum" ->
                rule instanceof Collection<?> values && values.stream().anyMatch(each -> same(each, value))
                        ? null
                        : Violation.of(path, "must be one of " + Json.text(rule), value);
            case "allOf", "anyOf", "oneOf" ->
                several(keyword, (Collection<?>) Objects.requireNonNull(rule), value, path, depth);
            case "not" ->
                check(rule, value, path, depth + 1) == null
                        ? Violation.of(path, "must not fit " + Json.text(rule), value)
                        : null;
            default ->
                switch (value) {
                    case null -> null;
                    case Map<?, ?> object -> object(keyword, rule, all, object, path, depth);
                    case List<?> array -> array(keyword, rule, array, path, depth);
                    case String text -> text(keyword, rule, text, path);
                    case Number number -> number(keyword, rule, number, path);
                    default -> null;
                };
        };
    }

    private static @Nullable Violation type(@Nullable Object rule, @Nullable Object value, String path) {
        Collection<?> types = rule instanceof Collection<?> several ? several : List.of(String.valueOf(rule));
        boolean fits = types.stream().anyMatch(type -> isA(String.valueOf(type), value));
        return fits ? null : Violation.of(path, "must be of type " + String.join(" or ", names(types)), value);
    }

    private static List<String> names(Collection<?> types) {
        return types.stream().map(String::valueOf).toList();
    }

    private static boolean isA(String type, @Nullable Object value) {
        return switch (type) {
            case "object" -> value instanceof Map<?, ?>;
            case "array" -> value instanceof List<?>;
            case "string" -> value instanceof String;
            case "boolean" -> value instanceof Boolean;
            case "null" -> value == null;
            default -> {
                BigDecimal number = Numbers.of(value);
                yield number != null && (type.equals("number") || Numbers.isInteger(number));
            }
        };
    }

    private @Nullable Violation several(
            String keyword, Collection<?> rules, @Nullable Object value, String path, int depth) {
        int fitting = 0;
        Violation first = null;
        for (Object each : rules) {
            Violation found = check(each, value, path, depth + 1);
            if (found == null) {
                fitting++;
            } else if (first == null || found.path().length() > first.path().length()) {
                first = found; // the deepest one is of the alternative that was meant
            }
        }
        return switch (keyword) {
            case "allOf" -> first;
            case "anyOf" -> fitting > 0 ? null : first;
            default ->
                fitting == 1
                        ? null
                        : fitting == 0 ? first : Violation.of(path, "must fit only one of the alternatives", value);
        };
    }

    private @Nullable Violation object(
            String keyword, @Nullable Object rule, Map<?, ?> all, Map<?, ?> object, String path, int depth) {
        switch (keyword) {
            case "properties" -> {
                for (Map.Entry<?, ?> property : ((Map<?, ?>) Objects.requireNonNull(rule)).entrySet()) {
                    Object name = property.getKey();
                    Violation found = object.containsKey(name)
                            ? check(property.getValue(), object.get(name), path + "." + name, depth + 1)
                            : null;
                    if (found != null) {
                        return found;
                    }
                }
            }
            case "required" -> {
                for (Object name : (Collection<?>) Objects.requireNonNull(rule)) {
                    if (!object.containsKey(name)) {
                        return new Violation(path + "." + name, "is required", "absent");
                    }
                }
            }
            case "additionalProperties" -> {
                Map<?, ?> known = all.get("properties") instanceof Map<?, ?> properties ? properties : Map.of();
                for (Map.Entry<?, ?> property : object.entrySet()) {
                    Violation found = known.containsKey(property.getKey())
                            ? null
                            : check(rule, property.getValue(), path + "." + property.getKey(), depth + 1);
                    if (found != null) {
                        return found;
                    }
                }
            }
            case "minProperties" -> {
                return atLeast(rule, object.size(), path, "properties", object);
            }
            case "maxProperties" -> {
                return atMost(rule, object.size(), path, "properties", object);
            }
            default -> {}
        }
        return null;
    }

    private @Nullable Violation array(String keyword, @Nullable Object rule, List<?> array, String path, int depth) {
        return switch (keyword) {
            case "items" -> items(rule, array, path, depth);
            case "minItems" -> atLeast(rule, array.size(), path, "items", array);
            case "maxItems" -> atMost(rule, array.size(), path, "items", array);
            case "uniqueItems" ->
                Boolean.FALSE.equals(rule) || unique(array)
                        ? null
                        : Violation.of(path, "must have no item twice", array);
            default -> null;
        };
    }

    private @Nullable Violation items(@Nullable Object rule, List<?> array, String path, int depth) {
        for (int i = 0; i < array.size(); i++) {
            Violation found = check(rule, array.get(i), path + "[" + i + "]", depth + 1);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private static boolean unique(List<?> array) {
        Set<Object> seen = new HashSet<>();
        return array.stream().allMatch(item -> seen.add(item instanceof Number n ? key(n) : Json.text(item)));
    }

    private static Object key(Number number) {
        BigDecimal exact = Numbers.of(number);
        return exact == null ? number : exact.stripTrailingZeros();
    }

    private static @Nullable Violation text(String keyword, @Nullable Object rule, String text, String path) {
        return switch (keyword) {
            case "minLength" -> atLeast(rule, text.codePointCount(0, text.length()), path, "characters", text);
            case "maxLength" -> atMost(rule, text.codePointCount(0, text.length()), path, "characters", text);
            case "pattern" ->
                BoundedMatch.find(String.valueOf(rule), text)
                        ? null
                        : Violation.of(path, "must match the pattern " + rule, text);
            default -> null;
        };
    }

    private static @Nullable Violation number(String keyword, @Nullable Object rule, Number value, String path) {
        BigDecimal limit = Numbers.of(rule);
        BigDecimal number = Numbers.of(value);
        if (limit == null || number == null) {
            return null;
        }
        int order = number.compareTo(limit);
        return switch (keyword) {
            case "minimum" -> order >= 0 ? null : Violation.of(path, "must be at least " + rule, value);
            case "maximum" -> order <= 0 ? null : Violation.of(path, "must be at most " + rule, value);
            case "exclusiveMinimum" -> order > 0 ? null : Violation.of(path, "must be more than " + rule, value);
            case "exclusiveMaximum" -> order < 0 ? null : Violation.of(path, "must be less than " + rule, value);
            case "multipleOf" ->
                number.remainder(limit).signum() == 0
                        ? null
                        : Violation.of(path, "must be a multiple of " + rule, value);
            default -> null;
        };
    }

    private static @Nullable Violation atLeast(
            @Nullable Object rule, int count, String path, String what, Object value) {
        return rule instanceof Number n && count < n.longValue()
                ? Violation.of(path, "must have at least " + n + " " + what, value)
                : null;
    }

    private static @Nullable Violation atMost(
            @Nullable Object rule, int count, String path, String what, Object value) {
        return rule instanceof Number n && count > n.longValue()
                ? Violation.of(path, "must have at most " + n + " " + what, value)
                : null;
    }

    /** JSON's equality: 1 is 1.0. */
    private static boolean same(@Nullable Object one, @Nullable Object other) {
        BigDecimal left = Numbers.of(one);
        BigDecimal right = Numbers.of(other);
        if (left != null && right != null) {
            return left.compareTo(right) == 0;
        }
        return Objects.equals(one, other);
    }
}
