package io.github.claudesessions.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.claudesessions.Claude;
import io.github.claudesessions.ClaudeOptions;
import io.github.claudesessions.WarmSpares;
import io.github.claudesessions.cli.ClaudeCli;
import io.github.claudesessions.internal.json.Json;
import io.github.claudesessions.spi.Launch;
import io.github.claudesessions.testing.FakeAnthropicApi;
import io.github.claudesessions.testing.FakeClaude;
import io.github.claudesessions.testing.Reply;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/** One prompt on the real CLI, against the CLI alone with the same flags, which takes until its process has ended. */
final class Query implements AutoCloseable {
    private static final Duration READY = Duration.ofSeconds(60);

    private final FakeAnthropicApi api = FakeAnthropicApi.start();
    private final Path cli = ClaudeCli.managed().install();
    private final Path cwd;
    private final ClaudeOptions options;

    Query() throws IOException {
        cwd = Files.createTempDirectory("bench-");
        api.replyWith(request -> Reply.text("hello"));
        options = ClaudeOptions.builder()
                .cli(ClaudeCli.at(cli))
                .env(api.environment())
                .cwd(cwd)
                .build();
    }

    Comparison compare(int rounds) throws Exception {
        return Comparison.best("one-shot query on the real CLI", "ms", rounds, this::floor, this::ours);
    }

    /** With a process that was ready before; while the floor is measured no other is being started. */
    Comparison compareWarm(int rounds) throws Exception {
        try (WarmSpares spares = WarmSpares.of(options, 1)) {
            return Comparison.best(
                    "one-shot query on a spare process",
                    "ms",
                    rounds,
                    () -> {
                        fill(spares);
                        return floor();
                    },
                    () -> {
                        fill(spares);
                        return ours();
                    });
        }
    }

    private static void fill(WarmSpares spares) {
        if (!spares.awaitReady(READY)) {
            throw new IllegalStateException("there is no spare process within " + READY);
        }
    }

    private double ours() {
        long start = System.nanoTime();
        Comparison.consume(Claude.query("hi", options).text().length());
        return (System.nanoTime() - start) / 1e6;
    }

    private double floor() throws IOException, InterruptedException {
        FakeClaude fake = FakeClaude.create(); // learns what the library starts and writes
        Claude.query("hi", options.toBuilder().transport(fake).build());
        Launch launch = fake.launches().getFirst();
        List<String> command = new ArrayList<>(List.of(cli.toString()));
        launch.arguments().stream()
                .map(argument -> argument.startsWith("--session-id=") ? "--session-id=" + UUID.randomUUID() : argument)
                .forEach(command::add);
        String input = fake.received().stream()
                .filter(line ->
                        line.get("type").equals("user") || line.toString().contains("subtype=initialize"))
                .map(line -> Json.text(line) + "\n")
                .collect(Collectors.joining());
        ProcessBuilder builder = new ProcessBuilder(command).directory(cwd.toFile());
        Map<String, String> environment = builder.environment();
        environment.clear();
        environment.putAll(launch.environment());
        long start = System.nanoTime();
        Process process = builder.redirectError(Redirect.INHERIT).start();
        try (OutputStream stdin = process.getOutputStream()) {
            stdin.write(input.getBytes(UTF_8));
        }
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        process.waitFor();
        double took = (System.nanoTime() - start) / 1e6;
        if (!output.contains("\"result\":\"hello\"")) {
            throw new IllegalStateException("the CLI did not answer: " + output);
        }
        return took;
    }

    @Override
    public void close() throws IOException {
        api.close();
        Files.delete(cwd);
    }
}
