package io.github.claudesessions.functional;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.claudesessions.Backoff;
import io.github.claudesessions.ClaudeOptions;
import io.github.claudesessions.SessionSupervisor;
import io.github.claudesessions.SupervisorEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Supervised sessions in conversation, to which something bad happens every second: see {@link Storm}. Each caller hears
 * what becomes of its prompt, and afterwards each session has its whole conversation, and nothing is left running.
 *
 * <p>The seed is printed, and can be given again: {@code ./mvnw verify -Dtest=ChaosTest -Dchaos.seed=1}. It chooses what
 * happens and to whom; what that meets depends on the machine.
 */
@Tag("linux")
@Timeout(300)
class ChaosTest extends OnRealCli {
    private static final int SESSIONS = 12;
    private static final int MAX_LIVE = 10;
    private static final Duration CALM = Duration.ofSeconds(90);

    private final Queue<SupervisorEvent> events = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean over = new AtomicBoolean();

    @TempDir
    Path dumps;

    @Test
    void thirtySeconds() {
        storm(Duration.ofSeconds(30));
    }

    @Test
    @Tag("long")
    @Timeout(900)
    void fiveMinutes() {
        storm(Duration.ofMinutes(5));
    }

    private ClaudeOptions options() {
        return builder()
                .systemPrompt("Be brief.") // the API keeps all that it is sent
                .tools("Bash")
                .allowedTools("Bash")
                .maxRetries(1)
                .firstByteTimeout(Storm.STALL)
                .messageTimeout(Storm.STALL)
                .turnTimeout(Storm.STALL.multipliedBy(3))
                .interruptTimeout(Duration.ofSeconds(2))
                .build();
    }

    private void storm(Duration duration) {
        long seed = Long.getLong("chaos.seed", System.nanoTime());
        Random random = new Random(seed);
        boolean retry = seed % 2 == 0;
        System.out.printf("-Dchaos.seed=%d%s%n", seed, retry ? ", cut turns are run again" : "");
        long start = System.nanoTime();
        List<Talker> talkers = new ArrayList<>();
        try (ProcessCount processes = new ProcessCount();
                SessionSupervisor supervisor = SessionSupervisor.builder()
                        .maxRestarts(10_000)
                        .backoff(Backoff.none())
                        .maxLive(MAX_LIVE)
                        .waitTimeout(Duration.ofSeconds(60))
                        .retryCutTurns(retry)
                        .onEvent(events::add)
                        .open()) {
            Storm storm = new Storm(supervisor, options(), random);
            api.replyWith(storm::answer);
            for (int i = 0; i < SESSIONS; i++) {
                talkers.add(new Talker(supervisor, options(), "session-" + i, seed + i));
            }
            together(talkers.stream().map(each -> async(each::introduce)).toList());
            long begun = System.nanoTime();
            List<CompletableFuture<Void>> talks = talkers.stream()
                    .map(each -> async(() -> each.talk(over::get)))
                    .toList();
            storm.rage(duration, talkers);
            over.set(true);
            together(storm.consequences());
            together(talks);
            long calm = System.nanoTime();
            together(
                    talkers.stream().map(each -> async(each::isAskedForItsWord)).toList());
            talkers.forEach(each -> each.hasItsConversation(api.requests()));
            report(talkers, storm, begun - start, calm - begun, System.nanoTime() - calm, processes);
            assertThat(processes.most()).isLessThanOrEqualTo(MAX_LIVE);
        }
        nothingIsLeft();
    }

    private static void together(List<CompletableFuture<Void>> all) {
        CompletableFuture.allOf(all.toArray(CompletableFuture[]::new))
                .orTimeout(CALM.toSeconds(), TimeUnit.SECONDS)
                .join();
    }

    private void report(
            List<Talker> talkers, Storm storm, long opening, long raging, long calm, ProcessCount processes) {
        System.out.printf(
                "%d prompts: %s%nlongest wait %d ms, %d processes at most, storm %s, events %s%n"
                        + "%d s to open, %d s of storm, %d s until all had answered%n",
                talkers.stream().mapToInt(Talker::asked).sum(),
                Talker.outcomes(talkers),
                talkers.stream().mapToLong(Talker::longest).max().orElse(0),
                processes.most(),
                storm.happened(),
                kinds(),
                TimeUnit.NANOSECONDS.toSeconds(opening),
                TimeUnit.NANOSECONDS.toSeconds(raging),
                TimeUnit.NANOSECONDS.toSeconds(calm));
    }

    private Map<String, Integer> kinds() {
        Map<String, Integer> kinds = new TreeMap<>();
        events.forEach(event -> kinds.merge(event.getClass().getSimpleName(), 1, Integer::sum));
        return kinds;
    }

    private void nothingIsLeft() {
        Eventually.within(
                SOON, () -> Processes.describe(api), () -> Processes.of(api).isEmpty());
        LibraryThreads threads = new LibraryThreads(dumps);
        Eventually.within(
                SOON, () -> threads.now().toString(), () -> threads.now().isEmpty());
        assertThat(events).noneMatch(SupervisorEvent.GaveUp.class::isInstance);
    }
}
