package io.github.claudesessions.functional;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.claudesessions.ClaudeOptions;
import io.github.claudesessions.SessionStatus;
import io.github.claudesessions.SessionSupervisor;
import io.github.claudesessions.error.ClaudeException;
import io.github.claudesessions.testing.ApiRequest;
import io.github.claudesessions.testing.Reply;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Something bad every second. {@link #answer} is called by any thread, the rest by one. */
final class Storm {
    /** The limits of silence that the sessions have. */
    static final Duration STALL = Duration.ofSeconds(5);

    private static final long EVERY = Duration.ofSeconds(1).toNanos();

    /** What happens. That of the API lasts until the next. */
    private enum Strike {
        KILLED,
        STOPPED,
        STOPPED_FOR_A_WHILE,
        API_OVERLOADED,
        API_DROPS,
        API_BREAKS_OFF,
        API_SLOW,
        CLOSED,
        RESTARTED,
        EVICTED
    }

    private final SessionSupervisor supervisor;
    private final ClaudeOptions options;
    private final Random random;
    private final Map<Strike, Integer> happened = new EnumMap<>(Strike.class);
    private final List<CompletableFuture<Void>> consequences = new ArrayList<>();
    private final List<Strike> next = new ArrayList<>();
    private volatile Strike weather = Strike.EVICTED;

    Storm(SessionSupervisor supervisor, ClaudeOptions options, Random random) {
        this.supervisor = supervisor;
        this.options = options;
        this.random = random;
    }

    Reply answer(ApiRequest request) {
        return switch (weather) {
            case API_OVERLOADED ->
                Reply.error(529, "overloaded_error", "overloaded").retryable();
            case API_DROPS -> Reply.drop();
            case API_BREAKS_OFF -> Reply.text("Answer ", "to nobody").dropAfter(1);
            case API_SLOW -> Talker.reply(request).delay(Duration.ofSeconds(2));
            default -> Talker.reply(request);
        };
    }

    /** Returns when the sky is clear again; the {@link #consequences} may take longer. */
    void rage(Duration duration, List<Talker> talkers) {
        long start = System.nanoTime();
        for (int i = 1; System.nanoTime() - start < duration.toNanos(); i++) {
            Strike strike = next();
            Talker talker = talkers.get(random.nextInt(talkers.size()));
            weather = strike;
            if (hits(strike, talker)) {
                happened.merge(strike, 1, Integer::sum);
            }
            LockSupport.parkNanos(start + i * EVERY - System.nanoTime());
        }
        weather = Strike.EVICTED;
    }

    /** Each kind comes as often as the others, in any order. */
    private Strike next() {
        if (next.isEmpty()) {
            Collections.addAll(next, Strike.values());
            Collections.shuffle(next, random);
        }
        return next.removeLast();
    }

    private boolean hits(Strike strike, Talker talker) {
        switch (strike) {
            case KILLED -> {
                return signal("KILL");
            }
            case STOPPED -> {
                return signal("STOP");
            }
            case STOPPED_FOR_A_WHILE -> {
                return stopForAWhile();
            }
            case CLOSED ->
                later(() -> {
                    supervisor.terminate(talker.name());
                    talker.reopen();
                });
            case RESTARTED -> later(() -> supervisor.restart(talker.name()));
            case EVICTED -> evict();
            default -> {}
        }
        return true;
    }

    /** Somebody else needs a process, so that the one that was not used for longest gives way. */
    private void evict() {
        String prompt = "prompt %d of guest-1.".formatted(happened.getOrDefault(Strike.EVICTED, 0));
        later(() -> {
            String answer = supervisor.perRequest(
                    options, session -> session.query(prompt).text());
            assertThat(answer).isEqualTo("Answer to " + prompt);
        });
    }

    private void later(Runnable action) {
        consequences.add(OnRealCli.async(() -> {
            try {
                action.run();
            } catch (ClaudeException e) {
                // told
            } catch (IllegalArgumentException e) {
                assertThat(e).hasMessageContaining("name must be that of a session"); // closed meanwhile
            }
            return null;
        }));
    }

    private boolean stopForAWhile() {
        ProcessHandle process = someProcess();
        if (process == null || !signal("STOP", process)) {
            return false;
        }
        consequences.add(OnRealCli.async(() -> {
            LockSupport.parkNanos(STALL.plusSeconds(1).toNanos());
            if (process.isAlive()) {
                signal("CONT", process);
            }
            return null;
        }));
        return true;
    }

    private boolean signal(String signal) {
        ProcessHandle process = someProcess();
        return process != null && signal(signal, process);
    }

    private @Nullable ProcessHandle someProcess() {
        List<Long> pids = supervisor.list().stream()
                .map(SessionStatus::pid)
                .filter(pid -> pid > 0)
                .toList();
        return pids.isEmpty()
                ? null
                : ProcessHandle.of(pids.get(random.nextInt(pids.size()))).orElse(null);
    }

    private static boolean signal(String signal, ProcessHandle process) {
        try {
            return new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException | InterruptedException e) {
            throw new AssertionError("kill", e);
        }
    }

    /** What goes on after it. */
    List<CompletableFuture<Void>> consequences() {
        return consequences;
    }

    /** How often what has happened. */
    Map<?, Integer> happened() {
        return happened;
    }
}
