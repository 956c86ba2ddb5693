package io.github.claudesessions.internal.process;

import io.github.claudesessions.internal.Check;
import io.github.claudesessions.internal.OwnedFolder;
import io.github.claudesessions.internal.PrivateFolder;
import io.github.claudesessions.internal.json.Json;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes the private folders of sessions whose JVM was killed. Each folder says in a file whose it is. It is removed
 * only if that JVM and its process were of this boot and this container, and are dead; everything else, also what
 * another user or another program has made, is left alone.
 */
public final class DeadFolders {
    /** What the names of the folders begin with. */
    public static final String PREFIX = "claude-sessions-";

    static final String OWNER_FILE = ".owner.json";

    private static final Logger log = LoggerFactory.getLogger(DeadFolders.class);
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final int MAX_BYTES = 16 * 1024;
    private static final AtomicBoolean SWEPT = new AtomicBoolean();

    private DeadFolders() {}

    /** Writes into {@code folder} that it belongs to the process {@code pid}, or to this JVM alone if that is -1. */
    public static void mark(PrivateFolder folder, long pid) {
        ChildRecord owner =
                pid > 0 ? ChildRecord.of(pid, null) : new ChildRecord(Owner.SELF.process(), null, null, Owner.SELF);
        try {
            Files.write(folder.path().resolve(OWNER_FILE), Json.line(owner.toJson()));
        } catch (IOException e) {
            log.debug("{} will not be removed if this JVM is killed", folder.path(), e);
        }
    }

    /** As {@link #sweepLater}, but only the first time in the life of this JVM. */
    static void sweepOnce(PrivateFolder own) {
        if (SWEPT.compareAndSet(false, true)) {
            sweepLater(own.path());
        }
    }

    /**
     * Looks through {@code java.io.tmpdir}, in the background.
     *
     * @param own a folder that belongs to this user
     */
    public static void sweepLater(Path own) {
        Path parent = Path.of(System.getProperty("java.io.tmpdir"));
        Thread.ofPlatform().daemon().name("claude-sessions-sweep").start(() -> sweep(parent, own));
    }

    /** Removes what is dead in {@code parent} and says how many that were; bounded. */
    static int sweep(Path parent, Path own) {
        long start = System.nanoTime();
        int removed = 0;
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(parent, PREFIX + "*")) {
            UserPrincipal self = Files.getOwner(own);
            for (Path folder : folders) {
                if (System.nanoTime() - start > LIMIT.toNanos()) {
                    break;
                }
                if (isDead(folder, self)) {
                    PrivateFolder.at(folder).close();
                    removed++;
                }
            }
        } catch (IOException | DirectoryIteratorException | UnsupportedOperationException e) {
            log.debug("{} can't be looked through for folders of dead sessions", parent, e);
        }
        if (removed > 0) {
            log.info("{} folders of sessions whose JVM was killed were removed from {}", removed, parent);
        }
        return removed;
    }

    private static boolean isDead(Path folder, UserPrincipal self) {
        try {
            if (OwnedFolder.problem(folder, self) != null) {
                return false;
            }
            ChildRecord owner = owner(folder.resolve(OWNER_FILE));
            return owner != null && isDead(owner);
        } catch (IOException | RuntimeException e) {
            log.debug("{} is left alone", folder, e);
            return false;
        }
    }

    private static @Nullable ChildRecord owner(Path file) throws IOException {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return null;
        }
        Check.that(Files.size(file) <= MAX_BYTES, "the file must not be larger than %d bytes", MAX_BYTES);
        return ChildRecord.fromJson(Json.MAPPER.readTree(Files.readAllBytes(file)));
    }

    /** What ran before this boot may be another machine's, which shares the folder: the boot says nothing of that. */
    private static boolean isDead(ChildRecord session) {
        boolean here = Objects.equals(
                session.owner().process().boot(), Owner.SELF.process().boot());
        return here
                && session.owner().state() == ProcessIdentity.State.DEAD
                && session.process().state() == ProcessIdentity.State.DEAD
                && (session.marker() == null
                        || Marker.processes(Set.of(session.marker())).isEmpty());
    }
}
