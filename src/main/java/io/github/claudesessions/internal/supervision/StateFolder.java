package io.github.claudesessions.internal.supervision;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.claudesessions.control.Cost;
import io.github.claudesessions.error.LaunchException;
import io.github.claudesessions.error.SessionInUseException;
import io.github.claudesessions.internal.Check;
import io.github.claudesessions.internal.OwnedFolder;
import io.github.claudesessions.internal.json.Json;
import io.github.claudesessions.internal.process.ChildRecord;
import io.github.claudesessions.internal.process.DeadFolders;
import io.github.claudesessions.internal.process.ProcessIdentity;
import io.github.claudesessions.internal.protocol.Changes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A folder that a supervisor leaves to the one of the next JVM. Any thread.
 *
 * <pre>
 *   lock                              held by the supervisor that uses it
 *   sessions/[SHA-256 of name].json   {version, name, session, spoken, changes, spent, opened}
 *   children/[random].json            a {@link ChildRecord}, as long as the process is there
 * </pre>
 */
public final class StateFolder implements Records {
    private static final Logger log = LoggerFactory.getLogger(StateFolder.class);

    /** Of the records of conversations. A version that reads another one's might miss what was forbidden there. */
    private static final int VERSION = 1;

    private final FolderLock lock;
    private final StateFiles sessions;
    private final StateFiles children;

    /** What could not be ended, with the conversation that it has. */
    private final Map<String, ChildRecord> survivors = new LinkedHashMap<>();

    private volatile boolean closed;

    private StateFolder(Path folder, FolderLock lock) throws IOException {
        this.lock = lock;
        this.sessions = StateFiles.in(folder.resolve("sessions"));
        this.children = StateFiles.in(folder.resolve("children"));
    }

    /**
     * Takes the folder, makes it if need be, and ends what dead JVMs have left running; bounded.
     *
     * @throws LaunchException if the folder is not safe, or in use
     */
    public static StateFolder open(Path folder) {
        return open(folder, LeftBehind::end);
    }

    /** @param end ends processes and returns those that are still there */
    static StateFolder open(Path folder, Function<Collection<ChildRecord>, List<ProcessHandle>> end) {
        try {
            OwnedFolder.ensure(folder);
            return locked(folder, FolderLock.of(folder), end);
        } catch (IOException e) {
            throw new LaunchException(
                    "the state folder can't be used: " + e.getMessage(), LaunchException.Reason.UNSAFE_FOLDER, e);
        }
    }

    private static StateFolder locked(
            Path folder, FolderLock lock, Function<Collection<ChildRecord>, List<ProcessHandle>> end)
            throws IOException {
        try {
            StateFolder state = new StateFolder(folder, lock);
            state.end(state.orphans(), end);
            return state;
        } catch (IOException | RuntimeException | Error e) {
            lock.close();
            throw e;
        }
    }

    // ---- processes

    /** What dead JVMs have left, by its files. */
    private Map<Path, ChildRecord> orphans() throws IOException {
        Map<Path, ChildRecord> orphans = new LinkedHashMap<>();
        int unknown = 0;
        for (Path file : children.all()) {
            ChildRecord child = StateFiles.read(file, ChildRecord::fromJson);
            ProcessIdentity.State owner = child == null ? null : child.owner().state();
            if (child != null && owner == ProcessIdentity.State.DEAD) {
                orphans.put(file, child);
            } else if (owner == ProcessIdentity.State.UNKNOWN) {
                unknown++;
            }
        }
        if (unknown > 0) {
            log.warn(
                    "{} processes were started by a JVM of which can't be told from here whether it lives, such as one in"
                            + " another container; they are left alone: {}",
                    unknown,
                    children.folder());
        }
        return orphans;
    }

    private void end(Map<Path, ChildRecord> orphans, Function<Collection<ChildRecord>, List<ProcessHandle>> end) {
        long start = System.nanoTime();
        List<ProcessHandle> left = end.apply(orphans.values());
        orphans.forEach((file, child) -> {
            if (left.isEmpty()) {
                StateFiles.delete(file);
            } else if (child.sessionId() != null && mayLive(child)) {
                survivors.put(child.sessionId(), child);
            }
        });
        if (!orphans.isEmpty()) {
            DeadFolders.sweepLater(children.folder());
            log.info(
                    "What a JVM before this one has left of {} processes was ended in {} ms",
                    orphans.size(),
                    (System.nanoTime() - start) / 1_000_000);
        }
        if (!left.isEmpty()) {
            log.warn("Processes that a JVM before this one has left can't be ended: {}", left);
        }
    }

    private static boolean mayLive(ChildRecord child) {
        return child.process().state() != ProcessIdentity.State.DEAD;
    }

    @Override
    public Runnable started(long pid, @Nullable String sessionId) {
        if (pid <= 0) {
            return () -> {}; // it is not on this machine
        }
        Path file = children.file(UUID.randomUUID().toString());
        StateFiles.write(file, ChildRecord.of(pid, sessionId).toJson());
        return () -> StateFiles.delete(file);
    }

    // ---- conversations

    @Override
    public @Nullable Remembered remembered(String name) {
        Remembered found = read(name);
        ChildRecord survivor = found == null ? null : survivors.get(found.sessionId());
        if (found != null && survivor != null && mayLive(survivor)) {
            throw new SessionInUseException(
                    "session \"%s\" can't go on: process %d, which a JVM before this one has left and which can't be ended,"
                                    .formatted(name, survivor.process().pid())
                            + " still has its conversation " + found.sessionId(),
                    found.sessionId());
        }
        return found;
    }

    private @Nullable Remembered read(String name) {
        Path file = file(name);
        try {
            return StateFiles.readStrictly(file, json -> parse(name, json));
        } catch (IOException e) {
            LaunchException failure = new LaunchException(
                    "what the state folder has of session \"%s\" can't be read (%s), so that it is not known what was"
                                    .formatted(name, e.getMessage())
                            + " changed or forbidden at run time; without the file a new conversation begins: " + file,
                    LaunchException.Reason.BROKEN_RECORD,
                    e);
            log.warn("{}", failure.getMessage());
            throw failure;
        }
    }

    private static Remembered parse(String name, JsonNode json) {
        JsonNode version = json.path("version");
        Check.that(version.isInt() && version.intValue() == VERSION, "version must be %d, was %s", VERSION, version);
        String sessionId = json.path("session").asText();
        Check.that(Check.isUuid(sessionId), "session must be a UUID, was \"%s\"", sessionId);
        String of = json.path("name").asText();
        Check.that(of.equals(name), "name must be \"%s\", was \"%s\"", name, of);
        Check.that(json.path("spoken").isBoolean() && json.path("opened").isTextual(), "spoken or opened is missing");
        Check.that(json.path("spent").isObject(), "spent is missing");
        Changes.fromJson(json.path("changes")); // before anything is begun
        return new Remembered(
                sessionId,
                json.path("spoken").booleanValue(),
                (ObjectNode) json.path("changes"),
                Json.bind(json.path("spent"), Cost.class),
                Instant.parse(json.path("opened").textValue()));
    }

    @Override
    public boolean remember(String name, Remembered conversation) {
        ObjectNode json = Json.object()
                .put("version", VERSION)
                .put("name", name)
                .put("session", conversation.sessionId())
                .put("spoken", conversation.spoken());
        json.set("changes", conversation.changes());
        json.set("spent", Json.tree(conversation.spent()));
        json.put("opened", conversation.opened().toString());
        return !closed && StateFiles.write(file(name), json);
    }

    @Override
    public void forget(String name) {
        StateFiles.delete(file(name));
    }

    /** The name may hold anything, and be of any length. */
    private Path file(String name) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return sessions.file(HexFormat.of().formatHex(digest.digest(name.getBytes(StandardCharsets.UTF_8))));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Frees the folder for another supervisor. */
    @Override
    public void close() {
        closed = true;
        lock.close();
    }
}
