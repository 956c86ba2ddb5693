package io.github.claudesessions.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
@Tag("unix")
class OwnedFolderTest {
    @TempDir
    Path dir;

    private Path with(String permissions) throws IOException {
        Path folder = Files.createDirectory(dir.resolve(permissions));
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(permissions));
        return folder;
    }

    @Test
    void isMadeForItsOwnerOnlyWithItsParents() throws IOException {
        Path folder = dir.resolve("a/b");
        OwnedFolder.ensure(folder);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
                .isEqualTo("rwx------");
        OwnedFolder.ensure(folder);
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aLinkIsRefusedAndNothingIsWrittenBehindIt() throws IOException {
        Path target = with("rwx------");
        Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("r-x------"));
        Path link = Files.createSymbolicLink(dir.resolve("link"), target);
        assertThatThrownBy(() -> OwnedFolder.ensure(link)).hasMessage(link + " must not be a symbolic link");
    }

    @Test
    void aFileIsRefused() throws IOException {
        Path file = Files.createFile(
                dir.resolve("file"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        assertThatThrownBy(() -> OwnedFolder.ensure(file)).hasMessage(file + " must be a folder");
    }

    @Test
    void aFolderThatIsOpenToOthersIsRefused() throws IOException {
        Path group = with("rwxr-x---");
        assertThatThrownBy(() -> OwnedFolder.ensure(group))
                .hasMessage(group + " must be open to its owner only (chmod 700), is rwxr-x---");
        assertThatThrownBy(() -> OwnedFolder.ensure(with("rwx-----x"))).hasMessageContaining("rwx-----x");
    }

    @Test
    void anotherUsersFolderIsRefused() throws IOException {
        UserPrincipal stranger = () -> "stranger";
        assertThat(OwnedFolder.problem(with("rwx------"), stranger))
                .startsWith("must belong to stranger, whom this JVM runs as, belongs to ");
    }
}
