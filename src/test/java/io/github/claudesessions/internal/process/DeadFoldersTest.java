package io.github.claudesessions.internal.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.claudesessions.internal.PrivateFolder;
import io.github.claudesessions.internal.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
@Tag("unix")
class DeadFoldersTest {
    private static final ProcessIdentity SELF = Owner.SELF.process();
    private static final ProcessIdentity DEAD = new ProcessIdentity(SELF.pid(), SELF.started() - 100_000, SELF.boot());

    @TempDir
    Path temp;

    private int sweep() {
        return DeadFolders.sweep(temp, temp);
    }

    private Path folder(String name) throws IOException {
        return Files.createDirectory(
                temp.resolve(name), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }

    private Path of(ProcessIdentity process, @Nullable String marker, Owner owner) throws IOException {
        Path folder = folder(DeadFolders.PREFIX + UUID.randomUUID());
        ChildRecord record = new ChildRecord(process, marker, null, owner);
        Files.write(folder.resolve(DeadFolders.OWNER_FILE), Json.line(record.toJson()));
        return folder;
    }

    private static Owner owner(ProcessIdentity jvm) {
        return new Owner(jvm, Owner.SELF.pidNamespace());
    }

    @Test
    void thoseOfADeadJvmAreRemovedAndLinksAreNotFollowed() throws IOException {
        Path kept =
                Files.writeString(Files.createDirectory(temp.resolve("outside")).resolve("kept"), "x");
        Path dead = of(DEAD, "no process has this", owner(DEAD));
        Files.createDirectories(dead.resolve("a/b"));
        Files.createSymbolicLink(dead.resolve("link"), kept.getParent());
        assertThat(sweep()).isEqualTo(1);
        assertThat(dead).doesNotExist();
        assertThat(kept).exists();
    }

    @Test
    void whatMayBeInUseIsLeftAlone() throws IOException {
        ProcessIdentity otherBoot = new ProcessIdentity(SELF.pid(), SELF.started(), "another boot");
        of(DEAD, null, Owner.SELF);
        of(SELF, null, owner(DEAD));
        of(DEAD, null, new Owner(DEAD, "another container"));
        of(DEAD, null, owner(otherBoot));
        assertThat(sweep()).isZero();
        assertThat(temp.toFile().list()).hasSize(4);
    }

    @Test
    @Tag("linux")
    void oneWhoseCommandsRunOnIsLeftAlone() throws Exception {
        String marker = UUID.randomUUID().toString();
        ProcessBuilder sleep = new ProcessBuilder("sleep", "600");
        sleep.environment().put(Marker.NAME, marker);
        Process command = sleep.start();
        try {
            Path folder = of(DEAD, marker, owner(DEAD));
            assertThat(sweep()).isZero();
            assertThat(folder).exists();
        } finally {
            command.destroyForcibly().waitFor();
        }
        assertThat(sweep()).isEqualTo(1);
    }

    @Test
    void whatIsNoFolderOfASessionIsLeftAlone() throws IOException {
        Path dead = of(DEAD, null, owner(DEAD));
        Path elsewhere = Files.move(dead, temp.resolve("elsewhere"));
        Files.createSymbolicLink(temp.resolve(DeadFolders.PREFIX + "link"), elsewhere);
        Path open = of(DEAD, null, owner(DEAD));
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxr-xr-x"));
        folder(DeadFolders.PREFIX + "without");
        Path broken = folder(DeadFolders.PREFIX + "broken");
        Files.writeString(broken.resolve(DeadFolders.OWNER_FILE), "{\"pid\":1");
        Path large = folder(DeadFolders.PREFIX + "large");
        Files.writeString(large.resolve(DeadFolders.OWNER_FILE), " ".repeat(100_000));
        Path linked = folder(DeadFolders.PREFIX + "linked");
        Files.createSymbolicLink(linked.resolve(DeadFolders.OWNER_FILE), elsewhere.resolve(DeadFolders.OWNER_FILE));
        Files.writeString(temp.resolve(DeadFolders.PREFIX + "file"), "x");
        assertThat(sweep()).isZero();
        assertThat(temp.toFile().list()).hasSize(8);
    }

    @Test
    void aFolderSaysWhoseItIs() throws IOException {
        try (PrivateFolder folder = PrivateFolder.create(DeadFolders.PREFIX)) {
            DeadFolders.mark(folder, -1);
            ChildRecord record = ChildRecord.fromJson(
                    Json.MAPPER.readTree(Files.readAllBytes(folder.path().resolve(DeadFolders.OWNER_FILE))));
            assertThat(record.owner()).isEqualTo(Owner.SELF);
            assertThat(record.process()).isEqualTo(SELF);
            DeadFolders.sweep(Path.of(System.getProperty("java.io.tmpdir")), folder.path());
            assertThat(folder.path()).exists();
        }
    }
}
