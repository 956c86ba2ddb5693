package io.github.claudesessions.functional;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.claudesessions.ClaudeOptions;
import io.github.claudesessions.SessionSupervisor;
import io.github.claudesessions.error.ClaudeException;
import io.github.claudesessions.error.TurnCutException;
import io.github.claudesessions.error.TurnFailedException;
import io.github.claudesessions.testing.ApiRequest;
import io.github.claudesessions.testing.Reply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Somebody in conversation with a supervised session, who keeps account of what becomes of the prompts. One thread at a
 * time; {@link #reopen} is for any.
 */
final class Talker {
    private static final Duration CALM = Duration.ofSeconds(60);
    private static final Pattern PROMPT = Pattern.compile("prompt \\d+ of [a-z]+-\\d+\\.");
    private static final Pattern WORD = Pattern.compile("My word is (w-?\\d+)\\.");
    private static final String WHICH = "Which word?";
    private static final String USE_TOOL = "Use a tool.";

    private final SessionSupervisor supervisor;
    private final ClaudeOptions options;
    private final String name;
    private final Random random;
    private final String word;
    private final List<String> prompts = new ArrayList<>();
    private final List<String> answered = new ArrayList<>();
    private final Map<String, LongSummaryStatistics> outcomes = new TreeMap<>();
    private volatile String id = "";

    Talker(SessionSupervisor supervisor, ClaudeOptions options, String name, long seed) {
        this.supervisor = supervisor;
        this.options = options;
        this.name = name;
        this.random = new Random(seed);
        this.word = "w" + random.nextLong();
    }

    // ---- the other side

    /** What the model says, which remembers by what it is sent only. */
    static Reply reply(ApiRequest request) {
        String prompt = newest(request);
        if (prompt.contains(USE_TOOL)
                && !request.messages().getLast().toString().contains("tool_result")) {
            return OnRealCli.bash("sleep 0.5; echo done");
        }
        return Reply.text("Answer ", "to ", asked(prompt), prompt.contains(WHICH) ? " " + word(request) : "");
    }

    private static String newest(ApiRequest request) {
        return request.messages().reversed().stream()
                .filter(message -> "user".equals(message.get("role")))
                .map(message -> String.valueOf(message.get("content")))
                .filter(content -> PROMPT.matcher(content).find())
                .findFirst()
                .orElse("");
    }

    /** The prompt in {@code text}, without what comes with it. */
    private static String asked(String text) {
        Matcher prompt = PROMPT.matcher(text);
        String last = "nothing";
        while (prompt.find()) {
            last = prompt.group();
        }
        return last;
    }

    private static String word(ApiRequest request) {
        Matcher word = WORD.matcher(request.messages().toString());
        return word.find() ? word.group(1) : "none";
    }

    // ---- talking

    Void introduce() {
        supervisor.perUser(name, options);
        askUntilAnswered("My word is " + word + ".");
        id = supervisor.session(name).sessionId().orElseThrow();
        return null;
    }

    Void talk(BooleanSupplier over) {
        while (!over.getAsBoolean()) {
            ask(random.nextInt(5) == 0 ? USE_TOOL : "");
            LockSupport.parkNanos(Duration.ofMillis(300 + random.nextInt(2_200)).toNanos());
        }
        return null;
    }

    Void isAskedForItsWord() {
        reopen();
        askUntilAnswered(WHICH);
        return null;
    }

    /** A process may still be stopped, or the machine be slow, which its caller is told. */
    private void askUntilAnswered(String more) {
        long deadline = System.nanoTime() + CALM.toNanos();
        while (!ask(more)) {
            assertThat(System.nanoTime()).as(() -> name + ": " + outcomes).isLessThan(deadline);
        }
    }

    /** Whether there was an answer; it is the one to this prompt. */
    private boolean ask(String more) {
        String prompt = "prompt %d of %s.".formatted(prompts.size(), name);
        prompts.add(prompt);
        String expected = "Answer to " + prompt + (more.equals(WHICH) ? " " + word : "");
        long start = System.nanoTime();
        String outcome = "answer";
        try {
            if (random.nextInt(4) == 0) {
                try (Stream<String> deltas = supervisor.streamText(name, prompt + " " + more)) {
                    // what was there before the connection was lost can't be taken back
                    assertThat(deltas.collect(Collectors.joining())).endsWith(expected);
                }
            } else {
                assertThat(supervisor.query(name, prompt + " " + more).text()).isEqualTo(expected);
            }
        } catch (ClaudeException e) {
            outcome = e.getClass().getSimpleName() + detail(e);
            return false;
        } catch (IllegalArgumentException e) {
            assertThat(e)
                    .hasMessageContaining("name must be that of a session"); // it is closed, and not there again yet
            outcome = "no session";
            return false;
        } finally {
            Duration waited = Duration.ofNanos(System.nanoTime() - start);
            outcomes.computeIfAbsent(outcome, key -> new LongSummaryStatistics())
                    .accept(waited.toMillis());
        }
        answered.add(prompt);
        return true;
    }

    private static String detail(ClaudeException e) {
        if (e instanceof TurnCutException cut) {
            return " " + cut.fate();
        }
        return e instanceof TurnFailedException failed ? " " + failed.reason() : "";
    }

    /** If it was closed; its process starts at its next use. */
    void reopen() {
        if (supervisor.find(name).isEmpty()) {
            supervisor.perUser(name, options.toBuilder().resume(id).build());
        }
    }

    // ---- afterwards

    /** What the API was sent with the last prompt has all that was answered, once, and nothing of others. */
    void hasItsConversation(List<ApiRequest> requests) {
        ApiRequest last = requests.stream()
                .filter(request -> newest(request).contains(prompts.getLast()))
                .toList()
                .getLast();
        String conversation = last.messages().toString();
        assertThat(conversation).contains("My word is " + word).contains(answered);
        assertThat(prompts)
                .allSatisfy(prompt -> assertThat(SupervisedOnCli.count(conversation, prompt)
                                - SupervisedOnCli.count(conversation, "to " + prompt))
                        .as(prompt)
                        .isLessThanOrEqualTo(1));
        assertThat(PROMPT.matcher(conversation).results().map(found -> found.group()))
                .allMatch(prompt -> prompt.endsWith("of " + name + "."));
        assertThat(supervisor.session(name).sessionId()).contains(id);
    }

    String name() {
        return name;
    }

    int asked() {
        return prompts.size();
    }

    /** The longest time in which a prompt was answered or failed, in milliseconds. */
    long longest() {
        return outcomes.values().stream()
                .mapToLong(LongSummaryStatistics::getMax)
                .max()
                .orElse(0);
    }

    /** What callers got, how often, and after how long at most. */
    static String outcomes(List<Talker> all) {
        Map<String, LongSummaryStatistics> sum = new TreeMap<>();
        all.forEach(each -> each.outcomes.forEach((outcome, times) ->
                sum.computeIfAbsent(outcome, key -> new LongSummaryStatistics()).combine(times)));
        return sum.entrySet().stream()
                .map(each -> "%s %d times, within %d ms"
                        .formatted(
                                each.getKey(),
                                each.getValue().getCount(),
                                each.getValue().getMax()))
                .collect(Collectors.joining("; "));
    }
}
