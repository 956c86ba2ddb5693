package io.github.claudesessions.internal.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class SecretsTest {
    @Test
    void masksTheValuesOfVariablesThatSoundSecret() {
        Secrets secrets = new Secrets(Map.of(
                "ANTHROPIC_API_KEY", "key-123456",
                "My_Token", "tok-123456",
                "ANTHROPIC_CUSTOM_HEADERS", "x-auth: abcdef",
                "PATH", "/usr/bin"));
        assertThat(secrets.mask("key-123456 tok-123456 x-auth: abcdef /usr/bin"))
                .isEqualTo("*** *** *** /usr/bin");
    }

    @Test
    void leavesNoRestOfASecretThatContainsAnother() {
        for (int i = 0; i < 20; i++) {
            Secrets secrets = new Secrets(Map.of("A_KEY" + i, "abcdef", "B_TOKEN", "abcdef-and-more"));
            assertThat(secrets.mask("<abcdef-and-more>")).isEqualTo("<***>");
        }
    }

    @Test
    void leavesShortValuesAlone() {
        assertThat(new Secrets(Map.of("SOME_KEY", "1")).mask("exit code 1")).isEqualTo("exit code 1");
    }

    @Test
    void masksFurtherValuesAlsoAsTheyAreInJson() {
        Secrets secrets = new Secrets();
        secrets.add(List.of("of-a-header", "quo\"ted\\value"));
        assertThat(secrets.mask("{\"x\":\"of-a-header\",\"y\":\"quo\\\"ted\\\\value\"} quo\"ted\\value"))
                .isEqualTo("{\"x\":\"***\",\"y\":\"***\"} ***");
    }
}
