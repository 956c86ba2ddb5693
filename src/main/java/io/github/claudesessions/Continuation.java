package io.github.claudesessions;

import io.github.claudesessions.error.BudgetExceededException;
import io.github.claudesessions.internal.protocol.Changes;
import io.github.claudesessions.internal.protocol.Continuity;
import io.github.claudesessions.internal.protocol.SessionCore;
import io.github.claudesessions.internal.protocol.SessionRules;
import io.github.claudesessions.internal.supervision.Resumption;
import io.github.claudesessions.internal.supervision.Spares;
import io.github.claudesessions.internal.supervision.Starter;
import io.github.claudesessions.internal.supervision.Transcripts;
import io.github.claudesessions.permission.PermissionBehavior;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Starts the processes of a supervised session: the first by its options, the others from where the one before was.
 *
 * @param spares processes that were started with options that serve, or null
 */
record Continuation(ClaudeOptions options, @Nullable Spares spares) implements Starter {
    /** They hold from the start, whatever happens; what is allowed is told to the CLI when it runs. */
    private static final List<PermissionBehavior> RULES = List.of(PermissionBehavior.DENY, PermissionBehavior.ASK);

    @Override
    public @Nullable SessionCore spare(Continuity continuity, Consumer<? super SessionCore> prepare) {
        return spares == null ? null : spares.take(continuity.cutTurns(), prepare);
    }

    @Override
    public SessionCore start(Resumption from, Continuity continuity, Consumer<? super SessionCore> prepare) {
        ClaudeOptions launched = options(from, continuity);
        SessionCore core = SessionLauncher.open(launched, new Opening(true, continuity, prepare, List.of()));
        Changes changes = from.changes();
        if (changes != null) {
            try {
                core.goOnFrom(changes, from.sameOptions());
            } catch (RuntimeException | Error e) {
                core.closeLater();
                throw e;
            }
        }
        return core;
    }

    /** The options of the next process. */
    ClaudeOptions options(Resumption from, Continuity continuity) {
        String id = from.sessionId();
        Changes changes = from.changes();
        ClaudeOptions.Builder next = id == null && changes == null ? options.toBuilder() : withoutOrigin(options);
        if (id != null && from.resumed()) {
            resume(id, from, next);
        } else if (id != null) {
            next.sessionId(id);
        }
        if (changes != null) {
            apply(changes, next);
        }
        next.unset(Option.SESSION_TIMEOUT); // it is that of the session, not of a process
        options.maxBudgetUsd().ifPresent(max -> next.maxBudgetUsd(remaining(max, continuity)));
        return next.build();
    }

    /** Without what says which conversation it is. */
    static ClaudeOptions.Builder withoutOrigin(ClaudeOptions options) {
        ClaudeOptions.Builder next = options.toBuilder();
        List.of(
                        Option.RESUME,
                        Option.RESUME_TITLE,
                        Option.CONTINUE_CONVERSATION,
                        Option.FORK_SESSION,
                        Option.SESSION_ID,
                        Option.RESUME_SESSION_AT,
                        Option.RESUME_DROPS_TURN)
                .forEach(next::unset);
        return next;
    }

    private void resume(String id, Resumption from, ClaudeOptions.Builder next) {
        next.resume(id).unset(Option.TITLE);
        Resumption.Dropped dropped = from.dropped();
        if (dropped != null) {
            next.resumeSessionAt(dropped.after()).resumeDropsTurn(dropped.promptUuid());
        }
        Changes changes = from.changes();
        if (changes != null
                && from.sameOptions()
                && !changes.aboutTools()
                && options.systemPromptSnapshot().isEmpty()) {
            next.systemPromptSnapshot(true); // nothing has changed, so what is cached stays valid
        }
    }

    private void apply(Changes changes, ClaudeOptions.Builder next) {
        if (changes.permissionMode() != null) {
            next.permissionMode(changes.permissionMode());
        }
        if (changes.modelChanged()) {
            String model = changes.model();
            if (model == null) {
                next.unset(Option.MODEL);
            } else {
                next.model(model);
            }
        }
        SessionRules rules = changes.rules();
        rules.directories().forEach(folder -> next.addDir(Path.of(folder)));
        next.settings(with(options.settings(), rules));
    }

    /** In settings a rule may have any character; on the command line it could not have, and would show. */
    private static Map<String, Object> with(Map<String, Object> settings, SessionRules rules) {
        Map<String, Object> permissions = new LinkedHashMap<>();
        if (settings.get("permissions") instanceof Map<?, ?> before) {
            before.forEach((name, value) -> permissions.put(String.valueOf(name), value));
        }
        for (PermissionBehavior behavior : RULES) {
            List<Object> all = new ArrayList<>();
            if (permissions.get(behavior.value()) instanceof List<?> before) {
                all.addAll(before);
            }
            all.addAll(rules.rules(behavior));
            if (!all.isEmpty()) {
                permissions.put(behavior.value(), all);
            }
        }
        Map<String, Object> all = new LinkedHashMap<>(settings);
        if (!permissions.isEmpty()) {
            all.put("permissions", permissions);
        }
        return all;
    }

    /** The CLI counts anew in each process. */
    private static double remaining(double max, Continuity continuity) {
        double spent = continuity.spent().usd();
        if (spent >= max) {
            throw new BudgetExceededException(
                    "the session has spent its maxBudgetUsd: %.4f of %.4f US dollars".formatted(spent, max),
                    "USD",
                    spent,
                    max);
        }
        return max - spent;
    }

    @Override
    public @Nullable Transcripts transcripts() {
        if (options.transport().isPresent()) {
            return null;
        }
        Optional<Isolation> isolation = options.isolation();
        if (isolation.isPresent()) {
            return new Transcripts(isolation.get().configDir());
        }
        Map<String, String> environment = ChildEnvironment.of(options, Host.current());
        String chosen = environment.getOrDefault("CLAUDE_CONFIG_DIR", "");
        String home = environment.getOrDefault("HOME", environment.getOrDefault("USERPROFILE", ""));
        return new Transcripts(chosen.isEmpty() ? Path.of(home, ".claude") : Path.of(chosen));
    }

    @Override
    public boolean goesOnWith(String id) {
        boolean another = options.continueConversation()
                || options.forkSession()
                || options.resumeTitle().isPresent()
                || options.resumeSessionAt().isPresent();
        return !another
                && options.resume().or(options::sessionId).map(id::equals).orElse(true);
    }

    @Override
    public @Nullable Duration maxAge() {
        return options.sessionTimeout().orElse(null);
    }

    @Override
    public boolean persistent() {
        return options.persistSession();
    }
}
