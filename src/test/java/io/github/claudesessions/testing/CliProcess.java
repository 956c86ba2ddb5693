package io.github.claudesessions.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.claudesessions.internal.json.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A real CLI on plain pipes, with nothing of this library between, so that the fake API is judged by the CLI alone. */
final class CliProcess implements AutoCloseable {
    private static final int LIMIT_SECONDS = 50;

    private final Process process;
    private final OutputStream in;
    private final BufferedReader out;

    private CliProcess(Process process) {
        this.process = process;
        this.in = process.getOutputStream();
        this.out = process.inputReader(StandardCharsets.UTF_8);
    }

    static CliProcess start(FakeAnthropicApi api, Path cwd, String... flags) throws IOException {
        List<String> argv = new ArrayList<>(List.of(
                TestCli.path(),
                "--output-format",
                "stream-json",
                "--verbose",
                "--input-format",
                "stream-json",
                "--session-id=" + UUID.randomUUID(),
                "--setting-sources="));
        argv.addAll(List.of(flags));
        ProcessBuilder builder = new ProcessBuilder(argv)
                .directory(cwd.toFile())
                .redirectError(cwd.resolve("stderr.txt").toFile());
        Map<String, String> environment = builder.environment();
        String path = environment.getOrDefault("PATH", "");
        environment.clear();
        environment.putAll(api.environment());
        environment.put("PATH", path);
        environment.put("TMPDIR", cwd.toString());
        environment.put("CLAUDE_CODE_SDK_READS_SESSION_STATE", "1");
        CliProcess cli = new CliProcess(builder.start());
        // A read from a pipe can't be interrupted: without this a missing frame would outlast the test's time limit.
        CompletableFuture.delayedExecutor(LIMIT_SECONDS, TimeUnit.SECONDS).execute(cli.process::destroyForcibly);
        cli.control(Json.object().put("subtype", "initialize").set("systemPrompt", Json.tree(List.of("Be brief."))));
        cli.await(m -> m.path("type").asText().equals("control_response"));
        return cli;
    }

    void control(JsonNode request) throws IOException {
        ObjectNode frame = Json.object().put("type", "control_request").put("request_id", "r-" + UUID.randomUUID());
        write(frame.set("request", request));
    }

    void prompt(String text) throws IOException {
        ObjectNode frame = Json.object()
                .put("type", "user")
                .put("session_id", "")
                .put("uuid", UUID.randomUUID().toString())
                .putNull("parent_tool_use_id");
        frame.putObject("message").put("role", "user").put("content", text);
        write(frame);
    }

    /** Sends a prompt and reads up to the idle state; the turn's result. */
    JsonNode turn(String text) throws IOException {
        prompt(text);
        JsonNode result = result();
        await(m -> m.path("state").asText().equals("idle"));
        return result;
    }

    JsonNode result() throws IOException {
        return await(m -> m.path("type").asText().equals("result"));
    }

    /** Reads up to the first frame that fits. */
    JsonNode await(Predicate<JsonNode> wanted) throws IOException {
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            JsonNode frame = Json.MAPPER.readTree(line);
            if (wanted.test(frame)) {
                return frame;
            }
        }
        throw new IOException("the CLI's output ended");
    }

    /** SIGTERM; the exit code. */
    int terminate() throws InterruptedException {
        process.destroy();
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    @Override
    public void close() throws IOException {
        try {
            in.close();
            if (!process.waitFor(3, TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }

    private void write(JsonNode frame) throws IOException {
        in.write(Json.line(frame));
        in.flush();
    }
}
