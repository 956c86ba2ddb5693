package io.github.claudesessions.cli;

import com.google.errorprone.annotations.Var;
import io.github.claudesessions.cli.BinarySource.Order;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The steps of an installation that touch files. */
final class InstallFiles {
    private static final Logger LOG = LoggerFactory.getLogger(InstallFiles.class);
    private static final int BUFFER = 1 << 20;
    private static final int REPORT_EVERY = 32;

    private InstallFiles() {}

    /**
     * A look, not a check: it is done at every start. Only a whole and checked file is ever moved to this name, so the
     * size tells enough.
     */
    static boolean isInstalled(Path file, Release.Binary binary) {
        try {
            return Files.isRegularFile(file) && Files.size(file) == binary.size() && Files.isExecutable(file);
        } catch (IOException e) {
            return false;
        }
    }

    /** Creates what is missing, from {@code base} down readable for every user: root may install for others. */
    static void createFolders(Path folder, Path base) throws IOException {
        Deque<Path> missing = new ArrayDeque<>();
        for (@Var Path p = folder; p != null && !Files.isDirectory(p); p = p.getParent()) {
            missing.push(p);
        }
        for (Path p : missing) {
            try {
                Files.createDirectory(p);
                if (p.startsWith(base) || p.endsWith("claude-sessions")) {
                    permit(p);
                }
            } catch (FileAlreadyExistsException e) {
                if (!Files.isDirectory(p)) {
                    throw new NotDirectoryException(p.toString());
                }
            }
        }
    }

    /** Removes what killed installations have left, except the name {@code kept}. */
    static void removeLeftovers(Path folder, String kept) {
        List<Path> leftovers;
        try (Stream<Path> entries = Files.list(folder)) {
            leftovers = entries.filter(entry -> {
                        String name = entry.getFileName().toString();
                        return name.startsWith(Order.TEMPORARY) && !name.equals(kept);
                    })
                    .toList();
        } catch (IOException e) {
            LOG.debug("{} can't be listed", folder, e);
            return;
        }
        for (Path leftover : leftovers) {
            try (Stream<Path> tree = Files.walk(leftover)) {
                for (Path p : tree.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(p);
                }
            } catch (IOException | UncheckedIOException e) {
                // An npm whose JVM was killed may still be writing there; the next installation finds it.
                LOG.debug("{} can't be removed yet", leftover, e);
            }
        }
    }

    /** True if size and checksum of {@code file} are those of the order. */
    static boolean isGenuine(Path file, Order order) throws IOException, InterruptedException {
        long size = order.binary().size();
        if (Files.size(file) != size) {
            return false;
        }
        MessageDigest digest = sha256();
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = Files.newInputStream(file)) {
            @Var long done = 0;
            for (@Var int i = 0, n; (n = in.read(buffer)) >= 0; i++) {
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                digest.update(buffer, 0, n);
                done += n;
                if (i % REPORT_EVERY == 0) {
                    order.progress().update(done, size, Progress.Phase.VERIFYING);
                }
            }
        }
        return HexFormat.of().formatHex(digest.digest()).equals(order.binary().sha256());
    }

    /** Makes the file runnable and durable, then lets it appear under its name at once and whole. */
    static void moveIntoPlace(Path brought, Path file) throws IOException {
        permit(brought);
        try (FileChannel channel = FileChannel.open(brought, StandardOpenOption.WRITE)) {
            channel.force(true); // a crash of the system must not leave the right size with the wrong bytes
        }
        Files.move(brought, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Lets everybody read and run it, where the file system has such permissions. */
    static void permit(Path path) throws IOException {
        if (Files.getFileAttributeView(path, PosixFileAttributeView.class) != null) {
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
