package io.github.claudesessions.internal.supervision;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.github.claudesessions.internal.protocol.SessionCore;
import io.github.claudesessions.internal.supervision.Records.Remembered;
import io.github.claudesessions.message.InitMessage;
import io.github.claudesessions.message.Message;
import io.github.claudesessions.message.ResultMessage;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** What the next JVM will know of one member. Any thread. */
final class Journal {
    private final String name;
    private final Records records;
    private final Memory memory;

    /** Held while a file is written, which a virtual thread must not do in a monitor. */
    private final ReentrantLock lock = new ReentrantLock();

    @GuardedBy("lock")
    private boolean open;

    @GuardedBy("lock")
    private @Nullable Remembered written;

    /** The process that is ready; one that is not has not taken over yet what was changed before. */
    @GuardedBy("lock")
    private @Nullable SessionCore live;

    /** @param lasting whether conversations are remembered */
    Journal(String name, Records records, Memory memory, boolean lasting, @Nullable Remembered written) {
        this.name = name;
        this.records = records;
        this.memory = memory;
        this.open = lasting && records != Records.NONE;
        this.written = written;
    }

    /** A process is there, and has said nothing yet. */
    void opened(SessionCore core) {
        Runnable gone = records.started(core.pid(), core.facts().sessionId());
        core.released().thenRun(gone);
        if (records != Records.NONE) {
            core.onMessage(message -> heard(message, core));
        }
    }

    /** The process is ready. */
    void ready(SessionCore core) {
        lock.lock();
        try {
            live = core;
        } finally {
            lock.unlock();
        }
        if (records != Records.NONE) {
            core.changes().onChange(() -> note(core.facts().sessionId(), false));
        }
        note(core.facts().sessionId(), false);
    }

    private void heard(Message message, SessionCore core) {
        String id = core.facts().sessionId();
        if (message instanceof ResultMessage result) {
            note(id, id != null && id.equals(result.sessionId()));
        } else if (message instanceof InitMessage) { // after /clear it has another id
            note(id, false);
        }
    }

    /** The process is gone. */
    void gone(SessionCore core) {
        lock.lock();
        try {
            memory.keep(core);
            live = null;
            note(core.facts().sessionId(), core.ledgers().cost().turns() > 0);
        } finally {
            lock.unlock();
        }
    }

    /** Notes nothing more, because the name is another's from now on. */
    void end() {
        lock.lock();
        try {
            open = false;
        } finally {
            lock.unlock();
        }
    }

    /** As {@link #end}, and what was noted is forgotten. */
    void forget() {
        lock.lock();
        try {
            if (open) {
                open = false;
                records.forget(name);
            }
        } finally {
            lock.unlock();
        }
    }

    /** What can't be written now is tried again with the next. */
    private void note(@Nullable String id, boolean spoken) {
        lock.lock();
        try {
            if (id == null || !open) {
                return;
            }
            Remembered before = written;
            boolean said = spoken || (before != null && before.sessionId().equals(id) && before.spoken());
            Remembered now = memory.remembered(id, said, live);
            if (!now.equals(before) && records.remember(name, now)) {
                written = now;
            }
        } finally {
            lock.unlock();
        }
    }
}
