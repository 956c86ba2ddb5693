package io.github.claudesessions.internal.protocol;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.github.claudesessions.internal.Timer;
import io.github.claudesessions.message.BackgroundTasksChanged;
import io.github.claudesessions.message.Message;
import io.github.claudesessions.message.SessionState;
import io.github.claudesessions.message.SessionStateChanged;
import io.github.claudesessions.message.TaskNotification;
import io.github.claudesessions.message.TaskUpdated;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;

/**
 * Whether anything goes on in a session: a turn, a sent prompt, a background task, or a turn that the CLI is about to
 * start because a background task has ended. Of that last one nothing is to be seen for some 50 ms between the end of
 * the task and the state {@code running}, so for a grace after a task's end the session is not idle. The pump notes, any
 * thread asks and waits.
 */
final class IdleWatch {
    static final Duration FOLLOW_UP_GRACE = Duration.ofSeconds(1);

    private final Timer timer;
    private final BooleanSupplier quiet;

    @GuardedBy("this")
    private boolean running;

    @GuardedBy("this")
    private boolean followUpDue;

    @GuardedBy("this")
    private long followUpSince;

    @GuardedBy("this")
    private boolean ended;

    private volatile Runnable whenIdle = () -> {};

    @GuardedBy("this")
    private final List<CompletableFuture<Void>> waiters = new ArrayList<>();

    /** @param quiet whether there is no turn, no sent prompt and no background task, by what is known elsewhere */
    IdleWatch(Timer timer, BooleanSupplier quiet) {
        this.timer = timer;
        this.quiet = quiet;
    }

    /** Pump. */
    synchronized void note(Message message) {
        if (message instanceof SessionStateChanged change) {
            running = !change.state().equals(SessionState.IDLE);
            followUpDue &= !running;
        } else if (!running && endsTask(message)) {
            followUpDue = true;
            followUpSince = timer.nanoTime();
            timer.after(FOLLOW_UP_GRACE, this::changed);
        }
    }

    /** The end of a task is told two or three times, some milliseconds apart; each may be the first or the only one. */
    private static boolean endsTask(Message message) {
        return message instanceof TaskNotification
                || (message instanceof TaskUpdated update
                        && TaskLedger.over(update.patch().status()))
                || (message instanceof BackgroundTasksChanged list
                        && list.tasks().isEmpty());
    }

    boolean idle() {
        boolean open = quiet.getAsBoolean();
        synchronized (this) {
            boolean due = followUpDue && timer.nanoTime() - followUpSince < FOLLOW_UP_GRACE.toNanos();
            return open && !running && !due;
        }
    }

    /** Something that {@link #idle()} depends on may have changed. */
    void changed() {
        if (idle()) {
            wake();
            whenIdle.run();
        }
    }

    /** Has {@code action} run whenever the session may have become idle. It must not wait. */
    void whenIdle(Runnable action) {
        whenIdle = action;
    }

    private void wake() {
        List<CompletableFuture<Void>> all;
        synchronized (this) {
            all = List.copyOf(waiters);
            waiters.clear();
        }
        all.forEach(waiter -> waiter.complete(null));
    }

    void end() {
        synchronized (this) {
            ended = true;
        }
        wake();
    }

    /** Waits until the session is idle or over; false if it is neither within {@code limit}. */
    boolean await(Duration limit) {
        CompletableFuture<Boolean> expired = new CompletableFuture<>();
        Timer.Alarm alarm = timer.after(limit, () -> expired.complete(false));
        try {
            while (!idle() && !over()) {
                if (expired.isDone()) {
                    return false;
                }
                awaitChange(expired);
            }
            return true;
        } finally {
            alarm.cancel();
        }
    }

    private void awaitChange(CompletableFuture<Boolean> expired) {
        CompletableFuture<Void> turned = new CompletableFuture<>();
        synchronized (this) {
            waiters.add(turned);
        }
        try {
            if (over()) {
                return;
            }
            changed(); // it may have become idle before this thread was on the list
            Waiting.await("the session to become idle", CompletableFuture.anyOf(turned, expired));
        } finally {
            turned.complete(null);
            synchronized (this) {
                waiters.removeIf(CompletableFuture::isDone);
            }
        }
    }

    private synchronized boolean over() {
        return ended;
    }
}
