package io.github.claudesessions.functional;

import io.github.claudesessions.ClaudeOptions;
import io.github.claudesessions.ClaudeSession;
import io.github.claudesessions.WarmSpares;
import io.github.claudesessions.cli.ClaudeCli;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/** A host in a JVM of its own: {@code <how it ends> <path of the CLI> <working folder>}. The API is in its environment. */
final class HostMain {
    private HostMain() {}

    public static void main(String[] args) throws InterruptedException {
        ClaudeOptions options = ClaudeOptions.builder()
                .cli(ClaudeCli.at(Path.of(args[1])))
                .cwd(Path.of(args[2]))
                .env("ADDED_BY_OPTIONS", "added")
                .build();
        ClaudeSession session = ClaudeSession.open(options);
        System.out.println("pid " + session.pid());
        switch (args[0]) {
            case "exit" ->
                session.streamText("letters").forEach(letter -> {
                    System.out.println("exits");
                    System.exit(3);
                });
            case "throw" -> {
                session.query("hello");
                throw new IllegalStateException("the host's own failure");
            }
            case "idle" -> {
                System.out.println("text " + session.query("hello").text());
                new CountDownLatch(1).await();
            }
            case "spares" -> {
                WarmSpares spares = WarmSpares.of(options, 2);
                System.out.println("spares " + spares.awaitReady(Duration.ofSeconds(30)));
            }
            case "wait" -> session.query("silence");
            default -> System.out.println("text " + session.query("hello").text());
        }
    }
}
