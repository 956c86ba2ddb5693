package io.github.claudesessions.internal;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A lasting folder that belongs to this user alone. Needs a file system with POSIX permissions. */
public final class OwnedFolder {
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");

    private OwnedFolder() {}

    /**
     * Makes the folder, and its parents, where it is missing.
     *
     * @throws IOException if it can't be made, or if what is there is a link, no folder, somebody else's, or open to
     *     others; the message says which
     */
    public static void ensure(Path folder) throws IOException {
        if (!folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            throw new IOException(folder + " is in a file system without POSIX permissions");
        }
        Path parent = folder.getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        try {
            Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
        } catch (FileAlreadyExistsException e) {
            // looked at below, like one that was made here
        }
        // before anything is written there: it may be a link to somebody else's
        String problem = problem(folder, null);
        if (problem == null) {
            problem = problem(folder, self(folder));
        }
        if (problem != null) {
            throw new IOException(folder + " " + problem);
        }
    }

    /** The user that files belong to which this JVM makes. */
    private static UserPrincipal self(Path folder) throws IOException {
        Path probe = Files.createTempFile(folder, ".owner-", null);
        try {
            return Files.getOwner(probe);
        } finally {
            Files.deleteIfExists(probe);
        }
    }

    /**
     * What is wrong with what is at {@code folder}, or null.
     *
     * @param self whom it must belong to, or null for anybody
     */
    public static @Nullable String problem(Path folder, @Nullable UserPrincipal self) throws IOException {
        PosixFileAttributes found = Files.readAttributes(folder, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (found.isSymbolicLink()) {
            return "must not be a symbolic link";
        }
        if (!found.isDirectory()) {
            return "must be a folder";
        }
        if (self != null && !found.owner().equals(self)) {
            return "must belong to " + self.getName() + ", whom this JVM runs as, belongs to "
                    + found.owner().getName();
        }
        Set<PosixFilePermission> others = EnumSet.copyOf(found.permissions());
        others.removeAll(OWNER_ONLY);
        return others.isEmpty()
                ? null
                : "must be open to its owner only (chmod 700), is "
                        + PosixFilePermissions.toString(found.permissions());
    }
}
