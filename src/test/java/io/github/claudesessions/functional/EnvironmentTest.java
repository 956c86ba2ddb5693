package io.github.claudesessions.functional;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.claudesessions.Claude;
import io.github.claudesessions.ClaudeOptions;
import io.github.claudesessions.SettingSource;
import io.github.claudesessions.testing.Reply;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Variables of the options and of settings files, as a command of the model sees them. */
@Timeout(60)
@Tag("unix")
class EnvironmentTest extends OnRealCli {
    private String printed(ClaudeOptions.Builder options) throws IOException {
        api.reply(bash("echo \"$FOO $BAR\" > printed"), Reply.text("done"));
        Claude.query("run", options.allowedTools("Bash").build());
        return Files.readString(cwd.resolve("printed")).strip();
    }

    private static void settings(Path folder) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("settings.json"), "{\"env\": {\"FOO\": \"file\", \"BAR\": \"file\"}}");
    }

    @Test
    void anOptionWinsOverTheUsersSettings() throws IOException {
        settings(Path.of(api.environment().get("CLAUDE_CONFIG_DIR")));
        assertThat(printed(builder().settingSources(SettingSource.USER).env("FOO", "option")))
                .isEqualTo("option file");
    }

    @Test
    void anOptionWinsOverTheProjectsSettings() throws IOException {
        settings(cwd.resolve(".claude"));
        assertThat(printed(builder()
                        .settingSources(SettingSource.USER, SettingSource.PROJECT)
                        .env("FOO", "option")))
                .isEqualTo("option file");
    }

    @Test
    void anOptionWinsWithoutSettingsFiles() throws IOException {
        settings(Path.of(api.environment().get("CLAUDE_CONFIG_DIR")));
        assertThat(printed(builder().env("FOO", "option"))).isEqualTo("option");
    }
}
