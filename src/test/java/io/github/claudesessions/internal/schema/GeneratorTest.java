package io.github.claudesessions.internal.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.claudesessions.internal.json.Json;
import io.github.claudesessions.schema.DefaultValue;
import io.github.claudesessions.schema.Description;
import io.github.claudesessions.schema.Discriminator;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Types to schemas, and values to types and back. */
@Timeout(30)
class GeneratorTest {
    enum Level {
        LOW,
        HIGH
    }

    @Description("A thing to do")
    record Todo(
            @Description("What to do") String text,
            Level level,
            @DefaultValue("3") int weight) {}

    record Todos(
            List<Todo> items,
            Optional<String> note,
            @Nullable Todo first,
            Map<String, Double> scores,
            Set<Integer> ids,
            @DefaultValue("LOW") Level level,
            @DefaultValue("[\"a\"]") List<String> tags) {}

    sealed interface Shape {}

    record Circle(double radius) implements Shape {}

    @Discriminator("kind")
    sealed interface Curve extends Shape {}

    record Arc(double angle) implements Curve {}

    record Line(double length) implements Curve {}

    record Drawing(List<Shape> shapes) {}

    record Everything(
            String text,
            boolean truth,
            byte tiny,
            short small,
            int number,
            long big,
            BigInteger huge,
            float real,
            double wide,
            BigDecimal exact,
            UUID id,
            URI uri,
            Path path,
            Instant instant,
            OffsetDateTime time,
            LocalDateTime local,
            LocalDate date,
            LocalTime clock,
            Duration length,
            OptionalInt maybeInt,
            OptionalLong maybeLong,
            OptionalDouble maybeDouble,
            Object any) {}

    record Tree(String name, List<Tree> children) {}

    record Ping(Optional<Pong> pong) {}

    record Pong(Ping ping) {}

    record Generic<T>(T value) {}

    record Positive(int value) {
        Positive {
            if (value <= 0) {
                throw new IllegalArgumentException("value must be positive");
            }
        }
    }

    @SuppressWarnings("ArrayRecordComponent")
    record Arrays(String[] names) {}

    record Keys(Map<Integer, String> byNumber) {}

    record BadDefault(@DefaultValue("many") int count) {}

    record WrongDefault(@DefaultValue("\"x\"") int count) {}

    record Typed(String type) implements Tagged {}

    sealed interface Tagged {}

    private static Map<String, Object> json(String json) {
        return Json.map(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aRecordIsAnObjectWithDescriptionsRequiredAndDefaults() {
        assertThat(Generator.schema(Todo.class)).isEqualTo(json("""
                {'type':'object','description':'A thing to do','properties':{
                 'text':{'type':'string','description':'What to do'},
                 'level':{'type':'string','enum':['LOW','HIGH']},
                 'weight':{'type':'integer','default':3}},
                 'required':['text','level'],'additionalProperties':false}"""));
        assertThat(Json.text(Generator.schema(Todo.class))).contains("\"properties\":{\"text\":");
    }

    @Test
    void nestedOptionalNullableMapsAndSets() {
        Map<String, Object> schema = Generator.schema(Todos.class);
        assertThat(schema.get("required")).isEqualTo(List.of("items", "scores", "ids"));
        assertThat(schema.toString())
                .contains("scores={type=object, additionalProperties={type=number}}")
                .contains("ids={type=array, items={type=integer}, uniqueItems=true}")
                .contains("note={type=string}")
                .contains("tags={type=array, items={type=string}, default=[a]}");
    }

    @Test
    void sealedInterfacesAreToldApart() {
        assertThat(Json.text(Generator.schema(Drawing.class)))
                .contains(
                        "\"type\":{\"type\":\"string\",\"const\":\"Circle\"}",
                        "\"const\":\"Arc\"",
                        "\"const\":\"Line\"");
        Drawing drawing = new Drawing(List.of(new Circle(1.5), new Arc(2), new Line(3)));
        assertThat(Binding.bind(Values.json(drawing), Drawing.class)).isEqualTo(drawing);
        assertThat(OutputType.of(Shape.class).read(Map.of("value", Map.of("type", "Line", "length", 2))))
                .isEqualTo(new Line(2));
        assertThatThrownBy(() -> Binding.bind(Map.of("type", "Square"), Shape.class))
                .isInstanceOf(MismatchException.class)
                .hasMessage("$.type must be one of [Circle, Arc, Line], was \"Square\"");
    }

    @Test
    void everyTypeGoesThereAndBack() {
        Everything all = new Everything(
                "t",
                true,
                (byte) 1,
                (short) 2,
                3,
                4L,
                BigInteger.TEN.pow(30),
                1.5f,
                2.5,
                new BigDecimal("1.25"),
                UUID.fromString("6f1c2f0e-0000-4000-8000-00000000000a"),
                URI.create("https://example.com/"),
                Path.of("a", "b"),
                Instant.parse("2026-01-02T03:04:05Z"),
                OffsetDateTime.parse("2026-01-02T03:04:05+01:00"),
                LocalDateTime.parse("2026-01-02T03:04:05"),
                LocalDate.parse("2026-01-02"),
                LocalTime.parse("03:04"),
                Duration.ofMinutes(90),
                OptionalInt.of(1),
                OptionalLong.empty(),
                OptionalDouble.of(0.5),
                Map.of("a", List.of(1, "b")));
        Object json = Json.map(Json.tree(Values.json(all)));
        assertThat(Schema.of(Generator.schema(Everything.class)).check(json)).isEmpty();
        assertThat(Binding.bind(json, Everything.class)).isEqualTo(all);
    }

    @Test
    void absentIsTheDefaultEmptyOrNull() {
        Todos todos =
                Binding.bind(json("{'items':[{'text':'a','level':'LOW'}],'scores':{'x':1},'ids':[1,2]}"), Todos.class);
        assertThat(todos.items().getFirst().weight()).isEqualTo(3);
        assertThat(todos.note()).isEmpty();
        assertThat(todos.first()).isNull();
        assertThat(todos.level()).isEqualTo(Level.LOW);
        assertThat(todos.tags()).containsExactly("a");
        assertThat(todos.scores()).isEqualTo(Map.of("x", 1.0));
    }

    @Test
    void whatDoesNotFitIsNamedByPathRuleAndValue() {
        assertThatThrownBy(() -> Binding.bind(json("{'text':'a','level':'MID'}"), Todo.class))
                .hasMessage("$.level must be the name of a Level, was \"MID\"");
        assertThatThrownBy(() -> Binding.bind(json("{'level':'LOW'}"), Todo.class))
                .hasMessage("$.text is required, was absent");
        assertThatThrownBy(() -> Binding.bind(json("{'text':'a','level':'LOW','weight':99999999999}"), Todo.class))
                .hasMessage("$.weight must fit int, was 99999999999");
        assertThatThrownBy(() -> Binding.bind(json("{'value':-1}"), Positive.class))
                .isInstanceOf(MismatchException.class)
                .hasMessageContaining("value must be positive");
    }

    @Test
    void typesWithoutASchemaAreRefusedByPath() {
        assertThatThrownBy(() -> Generator.schema(Tree.class))
                .hasMessageContaining("Tree.children[]")
                .hasMessageContaining("contains itself");
        assertThatThrownBy(() -> Generator.schema(Ping.class)).hasMessageContaining("Ping.pong.ping");
        assertThatThrownBy(() -> Generator.schema(Generic.class)).hasMessageContaining("generic record");
        assertThatThrownBy(() -> Generator.schema(Arrays.class)).hasMessageContaining("Arrays.names");
        assertThatThrownBy(() -> Generator.schema(Keys.class)).hasMessageContaining("Keys.byNumber");
        assertThatThrownBy(() -> Generator.schema(Thread.class)).hasMessageContaining("use records");
        assertThatThrownBy(() -> Generator.schema(BadDefault.class))
                .hasMessageContaining("BadDefault.count must be JSON");
        assertThatThrownBy(() -> Generator.schema(WrongDefault.class)).hasMessageContaining("must fit its type");
        assertThatThrownBy(() -> Generator.schema(Tagged.class)).hasMessageContaining("@Discriminator");
    }
}
