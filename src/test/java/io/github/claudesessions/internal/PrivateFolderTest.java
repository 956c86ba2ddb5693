package io.github.claudesessions.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class PrivateFolderTest {
    @Test
    void isRemovedWithAllThatIsInIt() throws IOException {
        PrivateFolder folder = PrivateFolder.create("test-folder-");
        assertThat(folder.path().getFileName().toString()).startsWith("test-folder-");
        Path deep = Files.createDirectories(folder.path().resolve("a/b/c"));
        Files.writeString(deep.resolve("file"), "text");
        folder.close();
        assertThat(folder.path()).doesNotExist();
        folder.close();
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void isReadableByItsUserOnly() throws IOException {
        try (PrivateFolder folder = PrivateFolder.create("test-folder-")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.path())))
                    .isEqualTo("rwx------");
        }
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void followsNoLinkWhenItIsRemoved(@TempDir Path outside) throws IOException {
        Path kept = Files.writeString(outside.resolve("kept"), "text");
        try (PrivateFolder folder = PrivateFolder.create("test-folder-")) {
            Files.createSymbolicLink(folder.path().resolve("link"), outside);
        }
        assertThat(kept).exists();
    }
}
