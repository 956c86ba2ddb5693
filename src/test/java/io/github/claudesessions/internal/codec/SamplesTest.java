package io.github.claudesessions.internal.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.claudesessions.internal.codec.Lines.Line;
import io.github.claudesessions.internal.json.Json;
import io.github.claudesessions.message.Message;
import io.github.claudesessions.message.OversizeMessage;
import io.github.claudesessions.message.RawJson;
import io.github.claudesessions.message.SystemMessage;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every message type: as it is, with fields that nobody knows, without each field, and with fields of wrong types. */
@Timeout(120)
class SamplesTest {
    private static final String EXTRA = "\"from_the_future\":{\"a\":[1,{\"type\":\"result\"}],\"type\":\"assistant\"}";
    private static final List<String> ODD_VALUES = List.of(
            "null",
            "5",
            "-1e400",
            "99999999999999999999999",
            "1.5",
            "\"x\"",
            "true",
            "[]",
            "{}",
            "[null,1,\"x\",{},[]]",
            "{\"type\":{},\"id\":[],\"input\":3,\"content\":{}}");

    /** Reflection finds both anew each time, which takes longer than what is tested. */
    private record Part(RecordComponent component, boolean nullable) {}

    private static final ClassValue<List<Part>> PARTS = new ClassValue<>() {
        @Override
        protected List<Part> computeValue(Class<?> type) {
            return Arrays.stream(type.getRecordComponents())
                    .map(component ->
                            new Part(component, component.getAnnotatedType().isAnnotationPresent(Nullable.class)))
                    .toList();
        }
    };

    static List<Line> lines() throws IOException, URISyntaxException {
        return Lines.all();
    }

    static List<Line> samplesAndRecorded() throws IOException, URISyntaxException {
        return Stream.concat(Lines.all().stream(), Lines.recorded().stream()).toList();
    }

    @Test
    void everyLeafHasASample() throws Exception {
        Set<String> leaves = new TreeSet<>();
        leaves(Message.class).forEach(leaf -> leaves.add(leaf.getSimpleName()));
        leaves.remove(OversizeMessage.class.getSimpleName());
        assertThat(new TreeSet<>(lines().stream().map(Line::leaf).toList())).isEqualTo(leaves);
    }

    @Test
    void everyLeafBeginsWithTheSameThreeComponents() {
        assertThat(leaves(Message.class))
                .allSatisfy(leaf -> assertThat(Arrays.stream(leaf.getRecordComponents())
                                .limit(3)
                                .map(RecordComponent::getName))
                        .containsExactly("uuid", "sessionId", "raw"));
    }

    @ParameterizedTest
    @MethodSource("lines")
    void sampleIsReadCompletely(Line line) {
        Message message = Lines.message(line.json());
        assertThat(message.getClass().getSimpleName()).isEqualTo(line.leaf());
        assertThat(message.uuid()).isEqualTo("0b5f6a3e-7f5d-4a55-9b43-2c7d1f9e5a01");
        assertThat(message.sessionId()).isEqualTo("4c6f0e7e-52f8-4d0b-8f0e-6a1b2c3d4e5f");
        assertThat(message.raw()).isEqualTo(RawJson.of(line.json()));
        assertComplete(message);
        if (message instanceof SystemMessage && !line.leaf().startsWith("Unknown")) {
            // Samples of system messages have every field, so no component may be left at null.
            for (RecordComponent component : message.getClass().getRecordComponents()) {
                assertThat(value(component, message)).as(component.getName()).isNotNull();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("samplesAndRecorded")
    void unknownFieldsAtAnyLevelChangeNothing(Line line) throws IOException {
        String extended = line.json()
                .replaceAll("\\{(?=\")", "{" + EXTRA.replace("$", "\\$") + ",")
                .replace("{}", "{" + EXTRA + "}");
        Message before = Lines.message(line.json());
        Message after = Lines.message(extended);
        assertThat(after).hasSameClassAs(before);
        assertComplete(after);
        for (RecordComponent component : before.getClass().getRecordComponents()) {
            Class<?> type = component.getType();
            if (type != RawJson.class && (type.isPrimitive() || type == String.class || hasOneValue(type))) {
                assertThat(value(component, after)).as(component.getName()).isEqualTo(value(component, before));
            }
        }
        assertThat(after.raw().toMap()).containsKey("from_the_future");
    }

    @ParameterizedTest
    @MethodSource("samplesAndRecorded")
    void anyFieldMayBeAbsent(Line line) throws IOException {
        JsonNode tree = Json.MAPPER.readTree(line.json());
        List<Consumer<JsonNode>> removals = new ArrayList<>();
        collect(
                tree,
                List.of(),
                (path, field) -> removals.add(root -> at(root, path).remove(field)));
        assertThat(removals).hasSizeGreaterThan(2);
        removals.forEach(removal -> {
            JsonNode copy = tree.deepCopy();
            removal.accept(copy);
            assertStable(line, tree, copy, copy.toString());
        });
    }

    @ParameterizedTest
    @MethodSource("samplesAndRecorded")
    void anyFieldMayHaveAnotherType(Line line) throws IOException {
        JsonNode tree = Json.MAPPER.readTree(line.json());
        List<String> mutated = new ArrayList<>();
        collect(tree, List.of(), (path, field) -> {
            JsonNode copy = tree.deepCopy();
            at(copy, path).put(field, "@@odd@@");
            String json = copy.toString();
            ODD_VALUES.forEach(odd -> mutated.add(json.replace("\"@@odd@@\"", odd)));
        });
        for (String json : mutated) {
            assertStable(line, tree, Json.MAPPER.readTree(json), json);
        }
    }

    @ParameterizedTest
    @MethodSource("samplesAndRecorded")
    void keysMayComeInAnyOrder(Line line) throws IOException {
        Message before = Lines.message(line.json());
        Message after =
                Lines.message(reversed(Json.MAPPER.readTree(line.json())).toString());
        for (RecordComponent component : before.getClass().getRecordComponents()) {
            if (component.getType() != RawJson.class) {
                assertThat(value(component, after)).as(component.getName()).isEqualTo(value(component, before));
            }
        }
    }

    private static void assertStable(Line line, JsonNode original, JsonNode changed, String json) {
        Message message = Lines.message(json);
        assertComplete(message);
        if (changed.path("type").equals(original.path("type"))
                && (!(message instanceof SystemMessage)
                        || changed.path("subtype").equals(original.path("subtype")))) {
            assertThat(message.getClass().getSimpleName()).isEqualTo(line.leaf());
        }
    }

    /** No component is null unless it says that it can be; also in nested records. */
    private static void assertComplete(@Nullable Object value) {
        if (value instanceof Record record) {
            for (Part part : PARTS.get(record.getClass())) {
                Object field = value(part.component(), record);
                if (field == null && !part.nullable()) {
                    fail("%s of %s is null", part.component(), record.getClass());
                }
                assertComplete(field);
            }
        } else if (value instanceof List<?> list) {
            list.stream().filter(Record.class::isInstance).forEach(SamplesTest::assertComplete);
        } else if (value instanceof Map<?, ?> map) {
            map.values().stream().filter(Record.class::isInstance).forEach(SamplesTest::assertComplete);
        }
    }

    private static boolean hasOneValue(Class<?> type) {
        return type.isRecord()
                && type.getRecordComponents().length == 1
                && type.getRecordComponents()[0].getName().equals("value");
    }

    private static @Nullable Object value(RecordComponent component, Object record) {
        try {
            return component.getAccessor().invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(e.getMessage(), e);
        }
    }

    static List<Class<?>> leaves(Class<?> type) {
        return Stream.of(type.getPermittedSubclasses())
                .<Class<?>>flatMap(sub -> sub.isSealed() ? leaves(sub).stream() : Stream.of(sub))
                .toList();
    }

    private interface Field {
        void at(List<Object> path, String field);
    }

    private static void collect(JsonNode node, List<Object> path, Field visitor) {
        if (node.isObject()) {
            node.properties().forEach(entry -> {
                visitor.at(path, entry.getKey());
                collect(entry.getValue(), append(path, entry.getKey()), visitor);
            });
        } else {
            for (int i = 0; i < node.size(); i++) {
                collect(node.get(i), append(path, i), visitor);
            }
        }
    }

    private static List<Object> append(List<Object> path, Object step) {
        return Stream.concat(path.stream(), Stream.of(step)).toList();
    }

    private static ObjectNode at(JsonNode root, List<Object> path) {
        JsonNode node = root;
        for (Object step : path) {
            node = step instanceof Integer index ? node.get(index) : node.get((String) step);
        }
        return (ObjectNode) node;
    }

    private static JsonNode reversed(JsonNode node) {
        if (node.isObject()) {
            ObjectNode reversed = Json.object();
            node.properties().stream()
                    .toList()
                    .reversed()
                    .forEach(e -> reversed.set(e.getKey(), reversed(e.getValue())));
            return reversed;
        }
        if (node.isArray()) {
            var array = Json.MAPPER.createArrayNode();
            node.forEach(element -> array.add(reversed(element)));
            return array;
        }
        return node;
    }
}
