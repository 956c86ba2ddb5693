package io.github.claudesessions.internal.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.claudesessions.control.Budget;
import io.github.claudesessions.control.BudgetUse;
import io.github.claudesessions.internal.ManualTimer;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class BudgetGuardTest {
    private static final Duration LIMIT = Duration.ofMinutes(10);

    private final ManualTimer timer = new ManualTimer();
    private final BlockingQueue<BudgetUse> warnings = new LinkedBlockingQueue<>();
    private final AtomicInteger stops = new AtomicInteger();

    private BudgetGuard guard() {
        Budget budget = Budget.hard().time(LIMIT).warnAt(0.5).onWarning(warnings::add);
        BudgetGuard guard =
                new BudgetGuard(budget, Continuity.NONE, timer, CompletableFuture::new, stops::incrementAndGet);
        guard.open();
        return guard;
    }

    @Test
    void timeIsWarnedOfAndEnforced() throws InterruptedException {
        BudgetGuard guard = guard();
        timer.advance(LIMIT);
        assertThat(warnings.poll(10, TimeUnit.SECONDS)).isNotNull();
        assertThat(warnings.poll(10, TimeUnit.SECONDS)).isNotNull();
        assertThat(guard.exceeded()).isTrue();
        assertThat(stops.get()).isEqualTo(1);
    }

    @Test
    void anEndedSessionLeavesNoAlarmBehind() {
        BudgetGuard guard = guard();
        assertThat(timer.waiting(LIMIT)).isEqualTo(1);
        guard.end();
        assertThat(timer.waiting(LIMIT)).isZero();
        timer.advance(LIMIT);
        assertThat(guard.exceeded()).isFalse();

        guard.open();
        assertThat(timer.waiting(LIMIT)).isZero();
    }
}
