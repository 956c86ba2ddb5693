import io.github.claudesessions.ClaudeOptions;
import io.github.claudesessions.ClaudeSession;
import io.github.claudesessions.Messages;
import io.github.claudesessions.cli.ClaudeCli;
import io.github.claudesessions.cli.Progress;
import io.github.claudesessions.error.ClaudeException;
import io.github.claudesessions.message.Message;
import io.github.claudesessions.message.ResultMessage;
import io.github.claudesessions.testing.FakeAnthropicApi;
import io.github.claudesessions.testing.Reply;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Runs one prompt and prints the answer as it comes; with no credentials, against a model that is played. */
public final class Demo {
    private Demo() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        String prompt = String.join(" ", args);
        boolean offline = Boolean.getBoolean("offline");
        try {
            Path cli = ClaudeCli.managed().install(Progress.toStream(System.err));
            ClaudeOptions options = ClaudeOptions.builder()
                    .cli(ClaudeCli.at(cli))
                    .includePartialMessages(true)
                    .build();
            if (!offline && loggedIn(cli)) {
                run(prompt, options);
                return;
            }
            if (!offline) {
                System.err.println("no credentials (set ANTHROPIC_API_KEY, or log in with the claude command):"
                        + " the real CLI talks to a played model");
            }
            runOffline(prompt, options);
        } catch (ClaudeException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }

    private static void run(String prompt, ClaudeOptions options) {
        long start = System.nanoTime();
        try (ClaudeSession session = ClaudeSession.open(options);
                Stream<Message> turn = session.stream(prompt)) {
            ResultMessage result = turn.peek(
                            message -> Messages.textDeltas().apply(message).forEach(Demo::print))
                    .collect(Messages.finalResult());
            System.out.println();
            System.err.printf(
                    Locale.ROOT,
                    "%d turn(s), %d tokens in, %d out, $%.4f, %.1f s%n",
                    result.numTurns(),
                    result.usage().inputTokens(),
                    result.usage().outputTokens(),
                    result.costUsd(),
                    (System.nanoTime() - start) / 1e9);
            if (result.isError()) {
                System.err.println(result.text());
                System.exit(1);
            }
        }
    }

    private static void print(String delta) {
        System.out.print(delta);
        System.out.flush();
    }

    private static void runOffline(String prompt, ClaudeOptions options) {
        String answer = "Virtual threads are Java threads that cost next to nothing, so that plain blocking code scales"
                + " to as many as you like. (A played model said this.)";
        try (FakeAnthropicApi api = FakeAnthropicApi.start()) {
            api.reply(Reply.text(answer.split("(?<= )")).delayBetween(Duration.ofMillis(30)));
            run(prompt, options.toBuilder().env(api.environment()).build());
        }
    }

    /** Asks the CLI itself: it knows every way to be logged in. */
    private static boolean loggedIn(Path cli) throws IOException, InterruptedException {
        Process status = new ProcessBuilder(cli.toString(), "auth", "status")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        status.getOutputStream().close();
        return status.waitFor(20, TimeUnit.SECONDS) && status.exitValue() == 0;
    }
}
