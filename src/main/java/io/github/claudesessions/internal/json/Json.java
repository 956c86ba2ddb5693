package io.github.claudesessions.internal.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteConstraints;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The library's one JSON configuration. All methods are safe for use by several threads. */
public final class Json {
    private static final Pattern SNAKE = Pattern.compile("_(.)");
    private static final TypeReference<Map<String, Object>> MAP = new TypeReference<>() {};

    /** Lines come from a trusted child and are bounded by {@code maxLineBytes}, so Jackson's own bounds are lifted. */
    public static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNumberLength(10_000)
                    .maxNestingDepth(5_000)
                    .build())
            .streamWriteConstraints(
                    StreamWriteConstraints.builder().maxNestingDepth(5_000).build())
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .build();

    public static final ObjectMapper MAPPER = JsonMapper.builder(FACTORY)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private Json() {}

    public static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    /** One line of JSON in UTF-8 with the newline that ends it; control characters inside strings are escaped. */
    public static byte[] line(JsonNode node) {
        byte[] json = bytes(node);
        byte[] line = Arrays.copyOf(json, json.length + 1);
        line[json.length] = '\n';
        return line;
    }

    public static byte[] bytes(JsonNode node) {
        try {
            return MAPPER.writeValueAsBytes(node);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not serialisable as JSON: " + e.getOriginalMessage(), e);
        }
    }

    public static String text(@Nullable Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not serialisable as JSON: " + e.getOriginalMessage(), e);
        }
    }

    public static JsonNode tree(@Nullable Object value) {
        return MAPPER.valueToTree(value);
    }

    /** A new object with {@code fields}, whose values may be maps, lists and scalars. */
    public static ObjectNode objectOf(Map<String, ?> fields) {
        return MAPPER.valueToTree(fields);
    }

    public static JsonNode parse(byte[] utf8, int offset, int length) throws IOException {
        return MAPPER.readTree(utf8, offset, length);
    }

    public static Map<String, Object> map(byte[] utf8) {
        try {
            return MAPPER.readValue(utf8, MAP);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static Map<String, Object> map(JsonNode object) {
        return MAPPER.convertValue(object, MAP);
    }

    /** Binds the members of {@code object}, of which some are named in_snake_case, to components inCamelCase. */
    public static <T> T bindCamelCased(Map<?, ?> object, Class<T> type) {
        Map<String, Object> renamed = new LinkedHashMap<>();
        object.forEach((name, value) -> renamed.put(camelCase(String.valueOf(name)), value));
        return bind(renamed, type);
    }

    private static String camelCase(String name) {
        return SNAKE.matcher(name).replaceAll(match -> match.group(1).toUpperCase(Locale.ROOT));
    }

    /** Binds {@code value} (a tree, a map, a list, a scalar) to {@code type}. */
    public static <T> T bind(@Nullable Object value, Class<T> type) {
        return MAPPER.convertValue(value, type);
    }
}
