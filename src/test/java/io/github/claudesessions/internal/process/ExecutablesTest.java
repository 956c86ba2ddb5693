package io.github.claudesessions.internal.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.claudesessions.error.CliNotExecutableException;
import io.github.claudesessions.error.CliNotExecutableException.Reason;
import io.github.claudesessions.error.CliNotFoundException;
import io.github.claudesessions.error.LaunchException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("unix")
@Timeout(20)
final class ExecutablesTest {
    private static final int X64 = 62;
    private static final int ARM64 = 183;

    @TempDir
    Path dir;

    private Path file(byte[] content) throws IOException {
        Path file = Files.write(dir.resolve("claude"), content);
        assertThat(file.toFile().setExecutable(true)).isTrue();
        return file;
    }

    private Path file(String content) throws IOException {
        return file(content.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] elf(int machine, String interpreter) {
        byte[] name = (interpreter + "\0").getBytes(StandardCharsets.UTF_8);
        ByteBuffer elf = ByteBuffer.allocate(64 + 2 * 56 + name.length).order(ByteOrder.LITTLE_ENDIAN);
        elf.put(new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1});
        elf.putShort(16, (short) 2).putShort(18, (short) machine).putLong(32, 64);
        elf.putShort(54, (short) 56).putShort(56, (short) 2);
        elf.putInt(64, 1); // PT_LOAD
        elf.putInt(120, 3).putLong(128, 176).putLong(152, name.length); // PT_INTERP
        elf.put(176, name);
        return elf.array();
    }

    private static Reason refused(Path file) {
        return catchThrowableOfType(CliNotExecutableException.class, () -> Executables.check(file, "Linux", "amd64"))
                .reason();
    }

    @Test
    void missingFilesAndFoldersAreToldApart() throws IOException {
        assertThatThrownBy(() -> Executables.check(dir.resolve("none"))).isInstanceOf(CliNotFoundException.class);
        assertThat(refused(dir)).isEqualTo(Reason.OTHER);
        Path plain = file("#!/bin/sh\n");
        assertThat(plain.toFile().setExecutable(false, false)).isTrue();
        assertThat(refused(plain)).isEqualTo(Reason.NO_PERMISSION);
    }

    @Test
    void scriptsAndProgramsOfThisSystemPass() throws IOException {
        assertThat(Executables.check(file("#!/bin/sh\n"))).exists();
        assertThat(Executables.check(file("echo no first line\n"))).exists();
        assertThat(Executables.check(Path.of("/bin/sh"))).exists();
        assertThat(Executables.check(file(elf(X64, "/bin/sh")), "Linux", "amd64"))
                .exists();
    }

    @Test
    void aMissingLoaderIsTheWrongLibc() throws IOException {
        Path file = file(elf(X64, "/lib/ld-musl-nowhere.so.1"));
        assertThatThrownBy(() -> Executables.check(file, "Linux", "amd64"))
                .isInstanceOfSatisfying(CliNotExecutableException.class, e -> {
                    assertThat(e.reason()).isEqualTo(Reason.WRONG_LIBC);
                    assertThat(e.path()).isEqualTo(file);
                })
                .hasMessageContaining("built for musl")
                .hasMessageContaining("/lib/ld-musl-nowhere.so.1");
    }

    @Test
    void otherProcessorsSystemsAndDamagedFilesAreTheWrongFormat() throws IOException {
        assertThat(refused(file(elf(ARM64, "/bin/sh")))).isEqualTo(Reason.WRONG_FORMAT);
        assertThat(refused(file(new byte[] {(byte) 0xcf, (byte) 0xfa, (byte) 0xed, (byte) 0xfe, 0, 0})))
                .isEqualTo(Reason.WRONG_FORMAT);
        assertThat(refused(file("MZ\0\0\0"))).isEqualTo(Reason.WRONG_FORMAT);
        assertThat(refused(file(""))).isEqualTo(Reason.WRONG_FORMAT);
        assertThat(refused(file(new byte[] {1, 2, 3, 4}))).isEqualTo(Reason.WRONG_FORMAT);
        assertThat(refused(file(new byte[] {0x7f, 'E', 'L', 'F', 2, 1}))).isEqualTo(Reason.WRONG_FORMAT);
    }

    @Test
    void aMissingInterpreterIsNamed() throws IOException {
        Path file = file("#!/no/such/node --flag\n");
        assertThatThrownBy(() -> Executables.check(file)).hasMessageContaining("/no/such/node does not exist");
    }

    @Test
    void brokenHeadersOfProgramsDoNoHarm() throws IOException {
        byte[] whole = elf(X64, "/lib/none.so");
        for (int at = 4; at < whole.length; at++) {
            byte[] broken = whole.clone();
            broken[at] = (byte) 0xff;
            ExecutableFormat.problem(file(broken), "Linux", "amd64");
        }
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = new byte[length];
            System.arraycopy(whole, 0, cut, 0, length);
            ExecutableFormat.problem(file(cut), "Linux", "amd64");
        }
    }

    @ParameterizedTest
    @CsvSource({"13, NO_PERMISSION", "8, WRONG_FORMAT", "86, WRONG_FORMAT", "26, OTHER"})
    void aFailedStartIsExplainedByItsNumber(int number, Reason reason) throws IOException {
        Path file = file("#!/bin/sh\n");
        for (String message : new String[] {"error=" + number + ", x", "Exec failed, error: " + number + " (x)"}) {
            IOException failure = new IOException("Cannot run program", new IOException(message));
            assertThat(Executables.explain(file, failure, "Linux", "amd64"))
                    .isInstanceOfSatisfying(
                            CliNotExecutableException.class,
                            e -> assertThat(e.reason()).isEqualTo(reason))
                    .hasCause(failure);
        }
    }

    @Test
    void aSystemWithoutRoomIsNotTheFilesFault() throws IOException {
        Path file = file("#!/bin/sh\n");
        assertThat(Executables.explain(file, new IOException("error=24, Too many open files"), "Linux", "amd64"))
                .isInstanceOf(LaunchException.class);
        assertThat(Executables.explain(file, new IOException("error=206"), "Windows 11", "amd64"))
                .isInstanceOf(LaunchException.class);
    }

    @Test
    void realFailuresAreExplained() throws IOException {
        Path loader = file(elf("aarch64".equals(System.getProperty("os.arch")) ? ARM64 : X64, "/lib/no-loader.so"));
        IOException failure =
                catchThrowableOfType(IOException.class, () -> new ProcessBuilder(loader.toString()).start());
        assertThat(Executables.explain(loader, failure, "Linux", System.getProperty("os.arch")))
                .isInstanceOfSatisfying(
                        CliNotExecutableException.class,
                        e -> assertThat(e.reason()).isEqualTo(Reason.WRONG_LIBC));
        Files.delete(loader);
        assertThat(Executables.explain(loader, failure)).isInstanceOf(CliNotFoundException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"claude", "claude.exe", "/a.cmd/claude", "claude.command", "x.bat/claude", "C:\\a\\claude.exe"})
    void programsAreNoScripts(String name) {
        assertThat(Executables.isWindowsScript(name)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a.cmd", "a.BAT", "a.cmd:s", "a.cmd.", "a.cmd ", "C:\\a\\b.cmd", "C:a.cmd", "/x/a.bat::$DATA"})
    void windowsScriptsAreSeen(String name) {
        assertThat(Executables.isWindowsScript(name)).isTrue();
    }
}
