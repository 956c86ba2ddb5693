package io.github.claudesessions.functional;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.claudesessions.Backoff;
import io.github.claudesessions.ClaudeSession;
import io.github.claudesessions.SessionSupervisor;
import io.github.claudesessions.SupervisorEvent;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** What the tests of supervised sessions on the real CLI share. */
abstract class SupervisedOnCli extends OnRealCli {
    private final BlockingQueue<SupervisorEvent> events = new LinkedBlockingQueue<>();

    SessionSupervisor.Builder supervisor() {
        return SessionSupervisor.builder().backoff(Backoff.none()).onEvent(events::add);
    }

    /** The next event of that kind; those before it are forgotten. */
    <E extends SupervisorEvent> E awaitEvent(Class<E> type) {
        while (true) {
            SupervisorEvent event;
            try {
                event = events.poll(SOON.toSeconds(), TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError("interrupted", e);
            }
            if (event == null) {
                throw new AssertionError("no " + type.getSimpleName() + " within " + SOON);
            }
            if (type.isInstance(event)) {
                return type.cast(event);
            }
        }
    }

    /** Whether an event of that kind has come. */
    boolean told(Class<? extends SupervisorEvent> type) {
        return events.stream().anyMatch(type::isInstance);
    }

    /** Kills the process of {@code session} and waits until its end is noticed. */
    void kill(ClaudeSession session) {
        killProcess(session);
        awaitEvent(SupervisorEvent.Restarting.class);
    }

    static void killProcess(ClaudeSession session) {
        assertThat(ProcessHandle.of(session.pid()).orElseThrow().destroyForcibly())
                .isTrue();
    }

    /** How often {@code part} occurs in {@code text}. */
    static int count(String text, String part) {
        return text.split(Pattern.quote(part), -1).length - 1;
    }
}
