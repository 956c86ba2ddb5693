package io.github.claudesessions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.claudesessions.cli.ClaudeCli;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(30)
class ClaudeOptionsTest {
    static Stream<Option<?>> keys() {
        return Options.keys().stream();
    }

    @ParameterizedTest
    @MethodSource("keys")
    void everyOptionHasASetterAndAnAccessorAndSurvivesToBuilder(Option<?> key) throws Exception {
        String name = key.toString();
        ClaudeOptions options = Options.sample(name);

        assertThat(options).isNotEqualTo(ClaudeOptions.defaults());
        assertThat(options.toBuilder().build()).isEqualTo(options).hasSameHashCodeAs(options);
        assertThat(Options.sample(name)).isEqualTo(options);
        assertThat(options.toString()).contains(name + "=");

        Method accessor = ClaudeOptions.class.getMethod(name);
        assertThat(accessor.invoke(options)).isNotEqualTo(accessor.invoke(ClaudeOptions.defaults()));
        assertThat(accessor.invoke(options.toBuilder().build())).isEqualTo(accessor.invoke(options));
        assertThat(Arrays.stream(ClaudeOptions.Builder.class.getMethods()).map(Method::getName))
                .contains(name);
        assertThat(options.toBuilder().unset(key).build().toString()).doesNotContain(name + "=");
    }

    @Test
    void allOptionsTogetherSurviveToBuilder() {
        ClaudeOptions options = Options.all();

        assertThat(options.toBuilder().build()).isEqualTo(options);
        assertThat(options.toBuilder().model("other").build()).isNotEqualTo(options);
    }

    @Test
    void theNamesOfOptionsAreDifferent() {
        assertThat(Options.keys().stream().map(Option::toString))
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(Options.SAMPLES.keySet());
    }

    @Test
    void defaultsAreAsDocumented() {
        ClaudeOptions options = ClaudeOptions.defaults();

        assertThat(options.systemPrompt()).isEmpty();
        assertThat(options.tools()).isEmpty();
        assertThat(options.settingSources()).isEmpty();
        assertThat(options.peerMessaging()).isFalse();
        assertThat(options.persistSession()).isTrue();
        assertThat(options.inheritEnv()).isEqualTo(InheritEnv.standard());
        assertThat(options.cli()).isEqualTo(ClaudeCli.managed());
        assertThat(options.maxLineBytes()).isEqualTo(67_108_864);
        assertThat(options.maxBufferedBytes()).isEqualTo(8_388_608);
        assertThat(options.messageTimeout()).isEmpty();
        assertThat(options.firstByteTimeout()).isEmpty();
        assertThat(options.toolSilenceTimeout()).isEmpty();
        assertThat(options.turnTimeout()).isEmpty();
        assertThat(options.sessionTimeout()).isEmpty();
        assertThat(options.interruptTimeout()).isEqualTo(Duration.ofSeconds(15));
        assertThat(options.controlTimeout()).isEqualTo(Duration.ofSeconds(60));
        assertThat(options.initializeTimeout()).isEqualTo(Duration.ofSeconds(60));
        assertThat(options.maxTurns()).isEmpty();
        assertThat(options.maxBudgetUsd()).isEmpty();
        assertThat(ClaudeOptions.builder().build()).isEqualTo(options).hasToString("ClaudeOptions[]");
    }

    @Test
    void aDefaultThatIsSetIsTheSameAsNothingSet() {
        assertThat(ClaudeOptions.builder()
                        .peerMessaging(true)
                        .peerMessaging(false)
                        .maxLineBytes(64 << 20)
                        .allowedTools(List.of())
                        .build())
                .isEqualTo(ClaudeOptions.defaults());
    }

    @Test
    void aPluralSetterReplacesAndASingularOneAdds() {
        ClaudeOptions options = ClaudeOptions.builder()
                .allowedTool("A")
                .allowedTools("B")
                .allowedTool("C")
                .disallowedTool("D")
                .tool("Read")
                .tool("Edit")
                .beta("x")
                .settingSource(SettingSource.PROJECT)
                .addDir(Path.of("one"))
                .addDir(Path.of("two"))
                .env("A", "1")
                .env(Map.of("B", "2"))
                .env("C", "3")
                .extraArg("bare", null)
                .extraArg("name", "n")
                .build();

        assertThat(options.allowedTools()).containsExactly("B", "C");
        assertThat(options.disallowedTools()).containsExactly("D");
        assertThat(options.tools()).contains(List.of("Read", "Edit"));
        assertThat(options.betas()).containsExactly("x");
        assertThat(options.settingSources()).containsExactly(SettingSource.PROJECT);
        assertThat(options.addDirs())
                .containsExactly(Path.of("one").toAbsolutePath(), Path.of("two").toAbsolutePath());
        assertThat(options.env()).isEqualTo(Map.of("B", "2", "C", "3"));
        assertThat(options.extraArgs()).containsEntry("bare", null).containsEntry("name", "n");
        assertThat(options.toBuilder().extraArgs(Map.of()).build().extraArgs()).isEmpty();
    }

    @Test
    void nothingThatAnAccessorReturnsCanBeChanged() {
        ClaudeOptions options = Options.all();

        assertThatThrownBy(() -> options.env().put("A", "b")).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> options.extraArgs().clear()).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> options.allowedTools().clear()).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> options.addDirs().clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void aBuilderDoesNotChangeWhatItHasBuilt() {
        ClaudeOptions.Builder builder = ClaudeOptions.builder().allowedTool("Read");
        ClaudeOptions before = builder.build();
        builder.allowedTool("Edit").model("opus");

        assertThat(before.allowedTools()).containsExactly("Read");
        assertThat(before.model()).isEmpty();
    }

    @Test
    void toStringShowsThatASecretIsSetAndNotTheSecret() {
        ClaudeOptions options = Options.all();

        assertThat(options.toString())
                .doesNotContain(Options.SECRET)
                .contains("apiKey=<set>", "systemPrompt=<set>", "env=[TOKEN]", "extraArgs=[name, bare]")
                .contains("model=opus", "maxTurns=3");
        assertThat(SystemPrompt.text(Options.SECRET).toString()).doesNotContain(Options.SECRET);
        assertThat(SystemPrompt.claudeCode().append(Options.SECRET).toString()).doesNotContain(Options.SECRET);
        assertThat(Options.commandLine(b -> b.apiKey(Options.SECRET)
                                .systemPrompt(Options.SECRET)
                                .env("TOKEN", Options.SECRET))
                        .toString())
                .doesNotContain(Options.SECRET);
        assertThat(new Host(Map.of("A", Options.SECRET), false, false).toString())
                .doesNotContain(Options.SECRET);
    }

    @Test
    void appendingIsForThePromptOfClaudeCode() {
        assertThat(ClaudeOptions.builder().appendSystemPrompt("x").build().systemPrompt())
                .isEqualTo(Optional.of(SystemPrompt.claudeCode().append("x")));
        assertThat(ClaudeOptions.builder()
                        .appendSystemPrompt("x")
                        .systemPrompt("y")
                        .build()
                        .systemPrompt())
                .isEqualTo(Optional.of(SystemPrompt.text("y")));
        assertThatThrownBy(
                        () -> ClaudeOptions.builder().systemPrompt("a secret").appendSystemPrompt("x"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("appendSystemPrompt must not")
                .hasMessageNotContaining("a secret");
    }
}
