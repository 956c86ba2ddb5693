package io.github.claudesessions.internal.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.claudesessions.error.ClaudeException;
import io.github.claudesessions.error.ReentrantTurnException;
import io.github.claudesessions.error.SessionInterruptedException;
import io.github.claudesessions.internal.Timer;
import io.github.claudesessions.internal.codec.Inbound;
import io.github.claudesessions.internal.json.Json;
import io.github.claudesessions.message.ConversationReset;
import io.github.claudesessions.message.InitMessage;
import io.github.claudesessions.message.Message;
import io.github.claudesessions.message.OversizeMessage;
import io.github.claudesessions.message.ResultMessage;
import io.github.claudesessions.message.SessionState;
import io.github.claudesessions.message.SessionStateChanged;
import io.github.claudesessions.message.StreamEvent;
import io.github.claudesessions.spi.Transport;
import java.time.Duration;
import java.util.Collection;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A conversation with one process. Callers' threads start turns, one at a time and in order, and read them; the pump
 * thread sorts what arrives into the current turn and to the listeners. Holds no reference to the public session, so
 * that an unreachable session can be found and closed.
 */
public final class SessionCore {
    private static final Logger log = LoggerFactory.getLogger(SessionCore.class);

    private final SessionSettings settings;
    private final Timer timer;
    private final Flow flow;
    private final Connection connection;
    private final ControlRouter router;
    private final Listeners listeners;
    private final Facts facts;
    private final OpenIds.Claim claim;
    private final Ledgers ledgers;
    private final Changes changes = new Changes();
    private final TurnLimits limits;
    private final Interrupts interrupts;
    private final Semaphore slot = new Semaphore(1, true);
    private final CompletableFuture<ClaudeException> startRefused = new CompletableFuture<>();
    private volatile boolean ready;
    private final AtomicReference<@Nullable Turn> current = new AtomicReference<>();

    private SessionCore(Transport transport, SessionSettings settings, OpenIds.Claim claim) {
        this.claim = claim;
        this.settings = settings;
        this.timer = settings.timer();
        this.facts = new Facts(settings.sessionId(), settings.continuity().cutTurns()::name);
        this.connection =
                new Connection(transport, timer, new FromPump(), settings.maxLineBytes(), settings.controlTimeout());
        this.flow = new Flow(settings.maxBufferedBytes(), connection::awaitsAnswer);
        this.listeners = new Listeners(flow, this);
        this.router = new ControlRouter(connection, this, timer);
        this.ledgers = new Ledgers(new ForLedgers(), settings);
        this.limits = new TurnLimits(new ForLimits(), connection, settings, facts);
        this.interrupts = new Interrupts(connection, limits, settings.controlTimeout(), ledgers.sends(), current::get);
    }

    /** As {@link #open(Supplier, SessionSettings, Consumer)}, without anything that answers the CLI. */
    public static SessionCore open(Supplier<Transport> start, SessionSettings settings) {
        return open(start, settings, core -> {});
    }

    /**
     * Starts a process and does the handshake with it; the process is ended if that fails.
     *
     * @param prepare registers what answers the CLI, before the CLI can ask
     */
    public static SessionCore open(
            Supplier<Transport> start, SessionSettings settings, Consumer<? super SessionCore> prepare) {
        OpenIds.Claim claim = OpenIds.claim(settings.sessionId());
        Transport transport = null;
        SessionCore core;
        try {
            transport = start.get();
            core = new SessionCore(transport, settings, claim);
            OpenSessions.add(core.connection);
        } catch (RuntimeException | Error e) {
            if (transport != null) {
                transport.kill();
                transport.release();
            }
            claim.release();
            throw e;
        }
        core.released().thenRun(claim::release);
        try {
            prepare.accept(core);
            core.connection.start();
            core.limits.open();
            core.handshake();
            return core;
        } catch (RuntimeException | Error e) {
            core.closeLater();
            throw e;
        }
    }

    private void handshake() {
        facts.serverInfo(Json.bytes(new Handshake(settings).perform(connection, startRefused)));
        ready = true;
        ledgers.open();
    }

    // ---- turns

    /**
     * Waits for the turns before, then sends a prompt.
     *
     * @param content the {@code content} of the user message
     * @param delivery what the reader wants
     */
    Turn begin(JsonNode content, Delivery delivery) {
        if (Callbacks.runningFor(this)) {
            throw new ReentrantTurnException("a turn can't be started by a callback of its own session, or by the code"
                    + " that handles a message of another of its turns: it would wait for itself");
        }
        Turn before = current.get();
        if (before != null && before.isMine()) {
            abandon(before);
        }
        try {
            slot.acquire();
        } catch (InterruptedException e) {
            throw Waiting.interrupted("the turn before", e);
        }
        try {
            Waiting.await("the prompts sent before", ledgers.sends().settled());
            checkSendable();
        } catch (RuntimeException e) {
            slot.release();
            throw e;
        }
        Turn turn = new Turn(UUID.randomUUID().toString(), flow, delivery, settings.maxLineBytes(), timer);
        current.set(turn);
        try {
            interrupts.awaitLoose();
            checkSendable();
            send(turn, content);
        } catch (SessionInterruptedException e) {
            if (!turn.wasSent()) {
                finished(turn);
            }
            throw e; // what is on its way is given up
        } catch (ClaudeException e) {
            disconnect(turn);
            throw turn.wasSent() && end() != null ? cut(turn, e) : e;
        } catch (RuntimeException | Error e) {
            disconnect(turn);
            throw e;
        }
        return turn;
    }

    private void checkSendable() {
        ConnectionEnd end = connection.end();
        if (end != null) {
            throw settings.continuity()
                    .cutTurns()
                    .explain(end.toException(), new CutTurns.Cut(this, null, false, true));
        }
        ledgers.checkBudget();
    }

    /** Sends a prompt without waiting for a turn: the CLI runs it when it comes to it. */
    public Sent send(JsonNode content, @Nullable String priority) {
        checkSendable();
        Sent sent = ledgers.sends().add(UUID.randomUUID().toString());
        ObjectNode line = Prompts.line(sent.uuid(), content, settings.verbatimPrompts());
        if (priority != null) {
            line.put("priority", priority);
        }
        try {
            Waiting.await("the CLI to take the prompt", connection.write(line));
        } catch (SessionInterruptedException e) {
            throw e; // it is written nevertheless
        } catch (ClaudeException e) {
            ledgers.sends().remove(sent);
            throw e;
        }
        return sent;
    }

    private void send(Turn turn, JsonNode content) {
        CompletableFuture<Void> written =
                connection.write(Prompts.line(turn.promptUuid(), content, settings.verbatimPrompts()));
        turn.sent();
        limits.begun(turn);
        try {
            Waiting.await("the CLI to take the prompt", written);
        } catch (SessionInterruptedException e) {
            abandon(turn);
            throw e;
        }
    }

    /** Nobody reads {@code turn} any more: it is interrupted, and the next turn waits until it has ended. */
    void abandon(Turn turn) {
        if (!turn.ended() && !turn.abandoned()) {
            turn.abandon();
            interrupts.stop(turn);
        }
    }

    /** Lets the next turn begin, but not before an interrupt of this one is answered: it would hit the next. */
    private void finished(Turn turn) {
        if (current.compareAndSet(turn, null)) {
            facts.turnEnded(timer.nanoTime());
            turn.record(facts.sessionId());
            turn.settle().whenComplete((nothing, failure) -> {
                slot.release();
                ledgers.changed(); // it may be quiet only now
            });
        }
    }

    private void disconnect(Turn turn) {
        settings.continuity().cutTurns().note(CutTurns.Cut.of(this, turn));
        turn.disconnected(() -> cut(turn, ConnectionEnd.exceptionFor(connection.end())));
        finished(turn);
    }

    private ClaudeException cut(Turn turn, ClaudeException cause) {
        return settings.continuity().cutTurns().explain(cause, CutTurns.Cut.of(this, turn));
    }

    // ---- control

    /** Sends a control request and waits for its answer's payload. */
    public JsonNode control(String subtype, ObjectNode body) {
        return control(subtype, body, settings.controlTimeout());
    }

    /** As {@link #control(String, ObjectNode)}, with a time limit of its own. */
    public JsonNode control(String subtype, ObjectNode body, Duration limit) {
        return changes.accepted(subtype, body, connection.request(subtype, body, limit));
    }

    /** Stops the turn that is under way, if there is one, and returns the CLI's receipt. */
    public JsonNode interrupt(boolean cancelQueued) {
        return interrupts.interrupt(current.get(), cancelQueued);
    }

    /** Adds a listener; the result removes it. */
    public Runnable onMessage(Consumer<? super Message> listener) {
        return listeners.add(listener);
    }

    public ControlRouter router() {
        return router;
    }

    // ---- what is known

    /** Keeps {@code secrets} out of what errors show of stderr, from now on. */
    public void conceal(Collection<String> secrets) {
        connection.secrets().add(secrets);
        changes.conceal(secrets);
    }

    public Facts facts() {
        return facts;
    }

    public Ledgers ledgers() {
        return ledgers;
    }

    /** What was changed since the options of the launch. */
    public Changes changes() {
        return changes;
    }

    /** Takes over what was changed in an earlier process of the conversation, and has the CLI do so. */
    public void goOnFrom(Changes earlier, boolean sameOptions) {
        conceal(earlier.secrets());
        changes.inherit(earlier);
        earlier.replay(this, sameOptions);
        changes.allowWith(flags -> connection.request("apply_flag_settings", flags, settings.controlTimeout()));
    }

    /** Whether the process can be given up without anybody noticing: nothing goes on in it, nobody waits. */
    public boolean quiet() {
        return ledgers.idle() && !router.busy() && slot.availablePermits() > 0 && !slot.hasQueuedThreads();
    }

    /** Whether a turn is under way, or a prompt was sent that will become one. */
    public boolean inTurn() {
        return current.get() != null || !ledgers.sends().isEmpty();
    }

    /** Whether all turns that were begun end within {@code limit}; those that do not are interrupted. */
    public boolean finishTurns(Duration limit) {
        return new LastTurns(slot, ledgers.sends(), timer, () -> interrupt(true)).finish(limit);
    }

    /** How the session ended, or null while it is open. */
    public @Nullable ConnectionEnd end() {
        return connection.end();
    }

    public long pid() {
        return connection.pid();
    }

    /** Whether more waits in the pipe, and a reader that is slow holds it up. */
    boolean heldByReader() {
        return flow.blocked();
    }

    // ---- the end

    /** Closes and waits until the process is gone; bounded. */
    public void close() {
        connection.close();
    }

    /** Closes as {@link #closeLater()} does; callers are told why. */
    public void closeLater(String reason) {
        connection.closeLater(new ConnectionEnd.Closed(reason));
    }

    /** Closes as {@link #closeLater()} does, because the session has become older than it may. */
    public void retire(Duration age) {
        limits.retire(age);
    }

    /** Closes without waiting for the process: from now on all calls fail, and its id can be opened again. */
    public void closeLater() {
        connection.closeLater(ConnectionEnd.CLOSED);
    }

    /** Completes when the process is gone and nothing of it is left. */
    public CompletableFuture<Void> released() {
        return connection.released();
    }

    /** What the limits of turns need. */
    private final class ForLimits implements TurnLimits.Session {
        @Override
        public boolean heldByHost() {
            return heldByReader() || router.busy();
        }

        @Override
        public void stop(Turn turn) {
            interrupts.stop(turn);
        }

        @Override
        public long lastAnswer() {
            return router.lastAnswer();
        }
    }

    /** What the accounts need. */
    private final class ForLedgers implements Ledgers.Session {
        @Override
        public boolean hasTurn() {
            return current.get() != null;
        }

        @Override
        public void stop(Supplier<? extends ClaudeException> cause) {
            interrupts.stopAll(current.get(), cause);
        }

        @Override
        public CompletableFuture<JsonNode> request(String subtype, ObjectNode body) {
            return connection.request(subtype, body, settings.controlTimeout());
        }
    }

    /** What the pump tells. */
    private final class FromPump implements Connection.Events {
        @Override
        public void message(Inbound.Delivered delivered, int bytes) {
            Message message = delivered.message();
            facts.note(message, timer.nanoTime());
            changes.note(message);
            CallbackReports.note(message);
            if (message instanceof InitMessage || message instanceof ConversationReset) {
                checkId(facts.sessionId());
                facts.inspect(message, connection::fail);
            }
            ledgers.note(message);
            deliver(delivered, message, bytes);
            ledgers.delivered(message);
        }

        private void deliver(Inbound.Delivered delivered, Message message, int bytes) {
            if (!ready && message instanceof ResultMessage refusal) {
                startRefused.complete(new Handshake(settings).refused(refusal, connection.stderrTail()));
            }
            boolean partial = message instanceof StreamEvent;
            if (!delivered.hostOnly() && (!partial || settings.includePartialMessages())) {
                listeners.stage(message, bytes);
            }
            if (message instanceof ResultMessage || message instanceof SessionStateChanged) {
                listeners.handOver(); // whoever waits for this may close the session at once
            }
            Turn turn = current.get();
            if (turn == null) {
                return;
            }
            boolean idle = message instanceof SessionStateChanged change
                    && change.state().equals(SessionState.IDLE);
            if (delivered.hostOnly() ? idle && turn.idle() : turn.accept(message, bytes) || (idle && turn.idle())) {
                finished(turn);
            } else if (facts.authenticationFailed()) {
                interrupts.stop(turn); // the CLI would go on trying for minutes
            }
        }

        /** The CLI tells the id when it has chosen the conversation itself. */
        private void checkId(@Nullable String id) {
            if (id != null && !claim.learn(id)) {
                connection.fail(new ConnectionEnd.Failed(
                        "session " + id + " is open already in this JVM", reason -> OpenIds.inUse(id)));
            }
        }

        @Override
        public void controlRequest(Inbound.ControlRequest request) {
            router.route(request);
        }

        @Override
        public void controlCancel(String requestId) {
            router.cancel(requestId);
        }

        @Override
        public void oversize(OversizeMessage skipped) {
            log.warn("A line of {} bytes was skipped: maxLineBytes is {}", skipped.bytes(), settings.maxLineBytes());
            router.refuseOversize(skipped.head());
            message(new Inbound.Delivered(skipped, false), skipped.head().length());
        }

        @Override
        public void batchEnd() {
            Turn turn = current.get();
            // all get what there is before the slowest is waited for
            if (turn != null) {
                turn.handOver();
            }
            listeners.handOver();
            if (turn != null) {
                turn.awaitRoom();
            }
            listeners.awaitRoom();
        }

        @Override
        public void pumping() {
            LogContext.enter(SessionCore.this);
        }

        @Override
        public boolean held() {
            return heldByReader();
        }

        @Override
        public void requestRegistered() {
            flow.changed();
        }

        @Override
        public void ended(ConnectionEnd end) {
            claim.ending();
            router.end();
            facts.ended(end.reason());
            Turn turn = current.get();
            if (turn != null) {
                disconnect(turn);
            }
            ledgers.end(() -> ConnectionEnd.exceptionFor(end));
            flow.end();
            listeners.end();
        }
    }
}
