package io.github.claudesessions.scale;

import io.github.claudesessions.ClaudeOptions;
import io.github.claudesessions.SessionSupervisor;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** A host in a JVM of its own: {@code <state folder> <file for pids> <number of sessions>}; they are at work until it is killed. */
final class StubHostMain {
    /** Every process and its shell end by SIGKILL only, and belong to no common group. */
    private static final String AT_WORK =
            "on_prompt() { trap '' TERM HUP; started; setsid sleep 600 >&- & echo \"$$ $!\" >> \"$PIDS\"; wait; }";

    private StubHostMain() {}

    public static void main(String[] args) throws InterruptedException {
        ClaudeOptions options = Stub.options(AT_WORK).env("PIDS", args[1]).build();
        SessionSupervisor supervisor =
                SessionSupervisor.builder().stateFolder(Path.of(args[0])).open();
        for (int i = 0; i < Integer.parseInt(args[2]); i++) {
            String name = "user " + i;
            System.out.println(supervisor.start(name, options).sessionId().orElseThrow());
            Thread.startVirtualThread(() -> supervisor.query(name, "work"));
        }
        new CountDownLatch(1).await();
    }
}
