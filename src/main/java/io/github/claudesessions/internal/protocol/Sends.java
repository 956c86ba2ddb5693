package io.github.claudesessions.internal.protocol;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.github.claudesessions.error.ClaudeException;
import io.github.claudesessions.message.CommandLifecycle;
import io.github.claudesessions.message.Message;
import io.github.claudesessions.message.ResultMessage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The sent prompts that have not ended. The pump moves them on, any thread adds and waits. */
final class Sends {
    private final ReentrantLock lock = new ReentrantLock();

    @GuardedBy("lock")
    private final Map<String, Sent> open = new LinkedHashMap<>();

    @GuardedBy("lock")
    private @Nullable Supplier<? extends ClaudeException> end;

    /** Before the prompt is written. */
    Sent add(String uuid) {
        Sent sent = new Sent(uuid);
        Supplier<? extends ClaudeException> ended;
        lock.lock();
        try {
            ended = end;
            if (ended == null) {
                open.put(uuid, sent);
            }
        } finally {
            lock.unlock();
        }
        if (ended != null) {
            throw ended.get();
        }
        return sent;
    }

    /** It could not be written. */
    void remove(Sent sent) {
        lock.lock();
        try {
            open.remove(sent.uuid());
        } finally {
            lock.unlock();
        }
    }

    boolean isEmpty() {
        lock.lock();
        try {
            return open.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** Completes, always normally, when all that are open now have ended. */
    CompletableFuture<Void> settled() {
        CompletableFuture<?>[] all = open().stream()
                .map(sent -> sent.over().handle((state, failure) -> state))
                .toArray(CompletableFuture<?>[]::new);
        return CompletableFuture.allOf(all);
    }

    /** Pump. */
    void note(Message message) {
        switch (message) {
            case CommandLifecycle step -> {
                Sent sent = find(step.commandUuid());
                if (sent != null && sent.lifecycle(step.state())) {
                    remove(sent);
                }
            }
            case ResultMessage result -> {
                for (Sent sent : open()) {
                    boolean named = result.userMessageUuids().contains(sent.uuid())
                            || sent.uuid().equals(result.userMessageUuid());
                    if (named && sent.answered(result)) {
                        remove(sent);
                    }
                }
            }
            default -> {}
        }
    }

    /** The session is over. */
    void end(Supplier<? extends ClaudeException> cause) {
        List<Sent> rest;
        lock.lock();
        try {
            end = cause;
            rest = List.copyOf(open.values());
            open.clear();
        } finally {
            lock.unlock();
        }
        rest.forEach(sent -> sent.lost(cause));
    }

    private @Nullable Sent find(String uuid) {
        lock.lock();
        try {
            return open.get(uuid);
        } finally {
            lock.unlock();
        }
    }

    private List<Sent> open() {
        lock.lock();
        try {
            return List.copyOf(open.values());
        } finally {
            lock.unlock();
        }
    }
}
