package io.github.claudesessions.hook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.claudesessions.internal.codec.HookInputCodec;
import io.github.claudesessions.internal.json.Json;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class HooksTest {
    static Stream<HookEvent<?, ?>> events() {
        return Arrays.stream(HookEvent.class.getFields()).map(field -> {
            try {
                return (HookEvent<?, ?>) Objects.requireNonNull(field.get(null));
            } catch (IllegalAccessException e) {
                throw new AssertionError(e);
            }
        });
    }

    private static HookInput decode(Map<String, ?> input) {
        return HookInputCodec.decode(Json.tree(input));
    }

    @ParameterizedTest
    @MethodSource("events")
    void anInputNeedsNothingButItsName(HookEvent<?, ?> event) {
        HookInput input = decode(Map.of("hook_event_name", event.name(), "brand_new", List.of(1)));

        assertThat(input).isInstanceOf(event.inputType());
        assertThat(input.raw()).containsEntry("brand_new", List.of(1));
        assertThat(input.sessionId()).isEmpty();
        assertThat(input.agentId()).isNull();
    }

    /** Sends a value in every field of the wire, whose names follow from those of the components. */
    @ParameterizedTest
    @MethodSource("events")
    void everyFieldIsRead(HookEvent<?, ?> event) throws Exception {
        Map<String, Object> wire = new LinkedHashMap<>(Map.of("hook_event_name", event.name(), "session_id", "s"));
        RecordComponent[] components = event.inputType().getRecordComponents();
        for (RecordComponent component : components) {
            String field = switch (component.getName()) {
                case "interrupted" -> "is_interrupt";
                case "last" -> "final";
                default -> component.getName().replaceAll("([A-Z])", "_$1").toLowerCase(java.util.Locale.ROOT);
            };
            Object value = switch (component.getType().getSimpleName()) {
                case "boolean", "Boolean" -> true;
                case "int", "long", "double", "Long", "Double" -> 7;
                case "Map" -> Map.of("a", 1);
                case "List" -> field.equals("globs") ? List.of("*.md") : List.of(Map.of("type", "setMode"));
                default -> "x";
            };
            wire.put(field, field.equals("mcp_server") ? Map.of("name", "n", "source", "s") : value);
        }
        HookInput input = decode(wire);
        for (RecordComponent component : components) {
            Object value = component.getAccessor().invoke(input);
            assertThat(value).as(component.getName()).isNotNull();
            assertThat(List.of("", 0, 0L, 0.0, false, List.of(), Map.of()))
                    .as(component.getName())
                    .doesNotContain(value);
        }
    }

    @Test
    void anUnknownEventAndGarbageAreInputsToo() {
        assertThat(decode(Map.of("hook_event_name", "BrandNew"))).isInstanceOf(UnknownHookInput.class);
        assertThat(HookInputCodec.decode(Json.tree("garbage"))).isInstanceOf(UnknownHookInput.class);
        assertThat(decode(Map.of("hook_event_name", "PreToolUse", "tool_input", "text", "tool_name", 3)))
                .isInstanceOfSatisfying(PreToolUseInput.class, input -> {
                    assertThat(input.toolInput()).isEmpty();
                    assertThat(input.raw()).containsEntry("tool_input", "text");
                });
    }

    @ParameterizedTest
    @MethodSource("events")
    void aGateCanRefuse(HookEvent<?, ?> event) {
        HookOutput<?> refusal = event.refusal("why");
        assertThat(refusal != null).isEqualTo(event.isGate());
        if (refusal != null) {
            assertThat(refusal.toMap(event.name()).toString()).containsAnyOf("deny", "block", "decline");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"startup", "resume", "startup|resume", "fork"})
    void aHookThatIsNeverRunIsRefused(String source) {
        assertThatThrownBy(() ->
                        Hooks.builder().on(HookEvent.SESSION_START, source, input -> SessionStartOutput.proceed()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("never run")
                .hasMessageContaining("clear and compact");
    }

    @Test
    void reachability() {
        assertThatThrownBy(() -> Hooks.builder().on(HookEvent.SETUP, input -> ContextOutput.proceed()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("never run");
        assertThatThrownBy(() -> Hooks.builder().observe(HookEvent.TEAMMATE_IDLE, input -> {}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no team");
        assertThatThrownBy(() ->
                        Hooks.builder().observe(HookEvent.SESSION_END, HookSettings.matching("logout"), input -> {}))
                .isInstanceOf(IllegalArgumentException.class);
        for (String matcher : List.of("clear", "startup|clear", ".*", "*")) {
            assertThatCode(() ->
                            Hooks.builder().on(HookEvent.SESSION_START, matcher, input -> SessionStartOutput.proceed()))
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void settingsAreChecked() {
        assertThatThrownBy(() -> HookSettings.matching(" ")).isInstanceOf(IllegalArgumentException.class);
        for (Duration limit : List.of(Duration.ZERO, Duration.ofNanos(1), Duration.ofDays(2))) {
            assertThatThrownBy(() -> HookSettings.any().within(limit)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @ParameterizedTest
    @MethodSource("events")
    void anEventOfAConstantIsNotNamed(HookEvent<?, ?> event) {
        assertThatThrownBy(() -> HookEvent.named(event.name()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(event.name());
    }

    @Test
    void outputsAreValuesAndPrintNoContents() {
        PreToolUseOutput output = PreToolUseOutput.deny("secret");
        assertThat(output).isEqualTo(PreToolUseOutput.deny("secret")).isNotEqualTo(PreToolUseOutput.deny("other"));
        assertThat(output.toString()).doesNotContain("secret");
        assertThat(PreToolUseOutput.proceed().toMap("PreToolUse")).isEmpty();
        assertThat(decode(Map.of("hook_event_name", "Stop", "session_id", "s"))
                        .context()
                        .toString())
                .isEqualTo("HookContext[Stop, s]");
    }
}
