package io.github.claudesessions.functional;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.claudesessions.ClaudeOptions;
import io.github.claudesessions.Doctor;
import io.github.claudesessions.DoctorReport;
import io.github.claudesessions.DoctorReport.Status;
import io.github.claudesessions.Isolation;
import io.github.claudesessions.cli.ClaudeCli;
import io.github.claudesessions.testing.JavaCommand;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A look at the real CLI. */
@Timeout(120)
@Tag("unix")
class DoctorOnCliTest extends OnRealCli {
    private static final Logger log = LoggerFactory.getLogger(DoctorOnCliTest.class);
    private static final String KEY = "sk-ant-doctor-0123456789";

    @Test
    void aMachineThatIsFit() {
        ClaudeOptions options = builder()
                .apiKey(KEY)
                .env(withoutCredentials())
                .env("HELPER_SECRET", "planted-secret-0123")
                .build();
        // @start region="doctor"
        DoctorReport report = Doctor.of(options).network().run();
        if (!report.ok()) {
            log.error("Sessions can't run here:\n{}", report.text());
        }
        // @end
        assertThat(report.ok()).as(report.text()).isTrue();
        assertThat(value(report, "cli")).isEqualTo(ClaudeCli.managed().resolve().toString());
        assertThat(value(report, "cli version")).isEqualTo(ClaudeCli.PINNED_VERSION);
        assertThat(value(report, "platform")).isEqualTo(ClaudeCli.platform());
        assertThat(value(report, "authentication")).isEqualTo("api_key from ANTHROPIC_API_KEY");
        assertThat(value(report, "network"))
                .isEqualTo("127.0.0.1:" + api.baseUrl().getPort());
        assertThat(value(report, "cwd")).isEqualTo(cwd.toString());
        assertThat(report.text() + report)
                .doesNotContain(KEY, "planted-secret-0123")
                .contains("open files", "java");
    }

    @Test
    void noCredentialsAreAFailure() {
        ClaudeOptions options = ClaudeOptions.builder()
                .env(withoutCredentials())
                .env("ANTHROPIC_API_KEY", "")
                .cwd(cwd)
                .build();
        DoctorReport report = Doctor.of(options).run();
        assertThat(report.check("authentication").orElseThrow().status()).isEqualTo(Status.FAILED);
        assertThat(report.ok()).isFalse();
    }

    @Test
    void aTenantsKeyComesFromItsFileAndNothingIsMade() {
        Map<String, String> env = withoutCredentials();
        env.keySet().removeAll(List.of("HOME", "CLAUDE_CONFIG_DIR"));
        ClaudeOptions options = ClaudeOptions.builder()
                .env(env)
                .apiKey(KEY)
                .isolation(Isolation.tenant(cwd.resolve("acme")))
                .build();
        DoctorReport report = Doctor.of(options).run();
        assertThat(report.ok()).as(report.text()).isTrue();
        assertThat(value(report, "authentication")).isEqualTo("apiKey, by a private file");
        assertThat(value(report, "config folder")).isEqualTo(cwd.resolve("acme/config") + ", will be made");
        DoctorReport withoutKey = Doctor.of(ClaudeOptions.builder()
                        .env(env)
                        .isolation(Isolation.tenant(cwd.resolve("acme")))
                        .build())
                .run();
        assertThat(withoutKey.check("authentication").orElseThrow().status()).isEqualTo(Status.FAILED);
        assertThat(cwd.resolve("acme")).doesNotExist();
        assertThat(report.text()).doesNotContain(KEY);
    }

    @Test
    void asAProgram() throws IOException, InterruptedException {
        Process process = doctor(Map.of("ANTHROPIC_API_KEY", KEY));
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(text).isZero();
        assertThat(text)
                .containsPattern("(?m)^ok +cli version +" + Pattern.quote(ClaudeCli.PINNED_VERSION) + "$")
                .containsPattern("(?m)^ok +network +127.0.0.1:" + api.baseUrl().getPort() + "$")
                .doesNotContain(KEY);
        Process without = doctor(Map.of("ANTHROPIC_API_KEY", ""));
        assertThat(new String(without.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .containsPattern("(?m)^failed +authentication +none$");
        assertThat(without.waitFor()).isEqualTo(1);
    }

    private Process doctor(Map<String, String> environment) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(JavaCommand.of(Doctor.class, "--network")).redirectErrorStream(true);
        builder.environment().putAll(withoutCredentials());
        builder.environment().putAll(environment);
        builder.environment()
                .put("CLAUDE_SESSIONS_CLI", ClaudeCli.managed().resolve().toString());
        return builder.start();
    }

    private Map<String, String> withoutCredentials() {
        Map<String, String> env = new HashMap<>(api.environment());
        env.remove("ANTHROPIC_API_KEY");
        return env;
    }

    private static String value(DoctorReport report, String name) {
        return report.check(name).orElseThrow().value();
    }
}
