package io.github.claudesessions.functional;

import io.github.claudesessions.ClaudeOptions;
import io.github.claudesessions.ClaudeSession;
import io.github.claudesessions.McpServer;
import io.github.claudesessions.SettingSource;
import io.github.claudesessions.SystemPrompt;
import io.github.claudesessions.cli.ClaudeCli;
import io.github.claudesessions.error.TurnFailedException;
import java.nio.file.Path;

/** A host with secrets, in a JVM of its own: {@code <path of the CLI> <working folder>}. The API is in its environment. */
final class SecretsMain {
    static final String KEY = "sk-ant-key-4711";
    static final String HEADER = "header-4712";
    static final String VARIABLE = "variable-4713";
    static final String SYSTEM_PROMPT = "system-4714";
    static final String PROMPT = "prompt-4715";

    private SecretsMain() {}

    public static void main(String[] args) {
        ClaudeOptions options = ClaudeOptions.builder()
                .cli(ClaudeCli.at(Path.of(args[0])))
                .cwd(Path.of(args[1]))
                .apiKey(KEY)
                .settingSources(SettingSource.USER)
                .systemPrompt(SystemPrompt.text(SYSTEM_PROMPT))
                .mcpServer("far", McpServer.http("http://127.0.0.1:9/mcp").header("Authorization", "Bearer " + HEADER))
                .mcpServer("near", EchoMcpServer.stdio(EchoMcpServer.command()).env("TOKEN", VARIABLE))
                .maxRetries(0)
                .build();
        System.err.println("options " + options);
        try (ClaudeSession session = ClaudeSession.open(options)) {
            System.out.println("arguments " + Processes.commandLine(session.pid()));
            System.out.println("text " + session.query(PROMPT).text());
            System.err.println("servers " + session.mcpServers());
            session.query(PROMPT);
        } catch (TurnFailedException e) {
            System.out.println("failed " + e.reason());
            e.printStackTrace();
        }
    }
}
