package io.github.claudesessions.functional;

import io.github.claudesessions.ClaudeOptions;
import io.github.claudesessions.ClaudeSession;
import io.github.claudesessions.SessionSupervisor;
import io.github.claudesessions.cli.ClaudeCli;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/**
 * A host in a JVM of its own: {@code <state folder> <path of the CLI> <working folder> <number of sessions>}. Each
 * session is told a number and then works until the host is killed. The API is in its environment.
 */
final class SupervisedHostMain {
    private SupervisedHostMain() {}

    public static void main(String[] args) throws InterruptedException {
        ClaudeOptions options = ClaudeOptions.builder()
                .cli(ClaudeCli.at(Path.of(args[1])))
                .cwd(Path.of(args[2]))
                .allowedTools("Bash")
                .build();
        SessionSupervisor supervisor = SessionSupervisor.builder()
                .stateFolder(Path.of(args[0]))
                .waitTimeout(Duration.ofMinutes(5))
                .open();
        for (int i = 0; i < Integer.parseInt(args[3]); i++) {
            int number = 100 + i;
            ClaudeSession session = supervisor.perUser("user " + i, options);
            Thread.startVirtualThread(() -> {
                session.query("my number is " + number);
                session.query("work");
            });
        }
        new CountDownLatch(1).await();
    }
}
