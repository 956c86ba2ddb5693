package io.github.claudesessions.functional;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.claudesessions.cli.ClaudeCli;
import io.github.claudesessions.testing.JavaCommand;
import io.github.claudesessions.testing.Reply;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a host's log and the process list show of what is confided to a session. */
@Timeout(60)
@Tag("linux")
class SecretsTest extends OnRealCli {
    private static final String[] SECRETS = {SecretsMain.KEY, SecretsMain.HEADER, SecretsMain.VARIABLE};

    @Test
    void theLogHasNeitherSecretsNorPrompts() throws Exception {
        assertThat(log("debug")).contains("DEBUG").doesNotContain(SecretsMain.SYSTEM_PROMPT, SecretsMain.PROMPT);
    }

    @Test
    void theFinestLogHasNoSecrets() throws Exception {
        log("trace");
    }

    private String log(String level) throws IOException, InterruptedException {
        api.reply(Reply.text("hello"), Reply.error(401, "authentication_error", "invalid x-api-key"));
        Path log = cwd.resolve("log.txt");
        ProcessBuilder builder = new ProcessBuilder(JavaCommand.of(
                        List.of("-Dorg.slf4j.simpleLogger.defaultLogLevel=" + level),
                        SecretsMain.class,
                        ClaudeCli.managed().resolve().toString(),
                        cwd.toString()))
                .redirectError(log.toFile());
        Map<String, String> environment = builder.environment();
        environment.putAll(api.environment());
        environment.remove("ANTHROPIC_API_KEY");
        Process host = builder.start();
        String out = new String(host.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(host.waitFor()).isZero();
        String logged = Files.readString(log);
        assertThat(out).as(logged).contains("arguments ", "text hello", "failed ");
        assertThat(out).doesNotContain(SECRETS).doesNotContain(SecretsMain.SYSTEM_PROMPT, SecretsMain.PROMPT);
        assertThat(logged).doesNotContain(SECRETS);
        assertThat(api.requests().getFirst().header("x-api-key")).contains(SecretsMain.KEY);
        assertThat(api.requests().getFirst().system()).contains(SecretsMain.SYSTEM_PROMPT);
        return logged;
    }
}
