package io.github.claudesessions;

import io.github.claudesessions.testing.FakeClaude;
import io.github.claudesessions.testing.FakeTurn;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/** What tests of sessions on a {@link FakeClaude} share. */
final class Fakes {
    private Fakes() {}

    static ClaudeOptions options(FakeClaude fake) {
        return ClaudeOptions.builder().transport(fake).build();
    }

    static ClaudeSession open(FakeClaude fake) {
        return ClaudeSession.open(options(fake));
    }

    /** What a session with these options answers when the CLI asks it in a turn. */
    static Map<String, Object> ask(
            FakeClaude fake, ClaudeOptions.Builder options, String subtype, Map<String, ?> request) {
        AtomicReference<Map<String, Object>> answer = new AtomicReference<>(Map.of());
        fake.turn(turn -> answer.set(turn.ask(subtype, request)));
        try (ClaudeSession session = ClaudeSession.open(options.transport(fake).build())) {
            session.query("go");
        }
        return answer.get();
    }

    /** Calls a tool of a server that the session has, as the CLI does. */
    static void callTool(FakeTurn turn, String server, String tool, Map<String, ?> input)
            throws IOException, InterruptedException {
        Map<String, ?> params = Map.of("name", tool, "arguments", input);
        Map<String, ?> message = Map.of("jsonrpc", "2.0", "id", 1, "method", "tools/call", "params", params);
        turn.ask("mcp_message", Map.of("server_name", server, "message", message));
    }

    /** Runs {@code call} on a thread of its own. */
    static <T> CompletableFuture<T> async(Supplier<T> call) {
        return CompletableFuture.supplyAsync(call, Thread::startVirtualThread);
    }

    static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    static <T> T take(BlockingQueue<T> queue) {
        try {
            return queue.take();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns when {@code thread} waits for something. */
    static void awaitWaiting(Thread thread) {
        while (thread.getState() != Thread.State.WAITING && thread.getState() != Thread.State.TERMINATED) {
            Thread.onSpinWait();
        }
    }
}
