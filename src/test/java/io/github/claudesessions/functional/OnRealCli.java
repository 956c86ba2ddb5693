package io.github.claudesessions.functional;

import io.github.claudesessions.ClaudeOptions;
import io.github.claudesessions.ClaudeSession;
import io.github.claudesessions.testing.ApiRequest;
import io.github.claudesessions.testing.FakeAnthropicApi;
import io.github.claudesessions.testing.Reply;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What the tests on the real CLI share: a scripted API, a working folder, and that nothing runs on afterwards. */
abstract class OnRealCli {
    /** Long enough on a busy machine, for what usually takes milliseconds. */
    static final Duration SOON = Duration.ofSeconds(20);

    final FakeAnthropicApi api = FakeAnthropicApi.start();

    @RegisterExtension
    final NothingLeft nothingLeft = new NothingLeft(api);

    @TempDir
    Path cwd;

    ClaudeOptions.Builder builder() {
        return ClaudeOptions.builder().env(api.environment()).cwd(cwd);
    }

    ClaudeSession open() {
        return ClaudeSession.open(builder().build());
    }

    /** The conversation that the model was asked with last. */
    String context() {
        return api.lastRequest().messages().toString();
    }

    static String newId() {
        return UUID.randomUUID().toString();
    }

    /** A call of Bash. */
    static Reply bash(String command) {
        return Reply.toolUse("Bash", Map.of("command", command, "description", "test"));
    }

    /** A call of Bash that the model does not wait for. */
    static Reply backgroundBash(String command) {
        return Reply.toolUse("Bash", Map.of("command", command, "description", "test", "run_in_background", true));
    }

    /** A call of the tool that runs a subagent, which the model waits for. */
    static Reply agent() {
        Map<String, Object> input = Map.of(
                "description", "d", "prompt", "p", "subagent_type", "general-purpose", "run_in_background", false);
        return Reply.toolUse("Agent", input);
    }

    /** Runs {@code call} on a thread of its own: the common pool has one or two, which others may block. */
    static <T> CompletableFuture<T> async(Supplier<T> call) {
        return CompletableFuture.supplyAsync(call, Thread::startVirtualThread);
    }

    static void await(CountDownLatch latch) {
        try {
            if (!latch.await(SOON.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("the latch is not down within " + SOON);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** The prompt that a request is about, without what the CLI puts before it. */
    static boolean asks(ApiRequest request, String prompt) {
        return request.lastUserText().endsWith(prompt);
    }
}
