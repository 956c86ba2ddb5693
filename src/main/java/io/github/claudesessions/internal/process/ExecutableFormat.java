package io.github.claudesessions.internal.process;

import io.github.claudesessions.error.CliNotExecutableException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Tells from the first bytes of a file whether this system can run it. Needed before a start, not only after a failed
 * one: the JDK hands what the kernel refuses as a format to {@code /bin/sh}, which then fails in a way that explains
 * nothing, or, for an empty file, succeeds.
 */
final class ExecutableFormat {
    private static final int HEADER_BYTES = 16 * 1024;
    private static final int ELF = 0x7f454c46;
    private static final int PT_INTERP = 3;
    private static final int EM_386 = 3;
    private static final int EM_ARM = 40;
    private static final int EM_X86_64 = 62;
    private static final int EM_AARCH64 = 183;

    /** What is wrong with a file. */
    record Problem(Reason reason, String why) {}

    private ExecutableFormat() {}

    /** Returns what keeps {@code file} from running here, or null if nothing is seen; an unreadable file passes. */
    static @Nullable Problem problem(Path file, String osName, String arch) {
        byte[] head;
        try (InputStream in = Files.newInputStream(file)) {
            head = in.readNBytes(HEADER_BYTES);
        } catch (IOException e) {
            return null;
        }
        if (head.length < 4) {
            return wrongFormat(head.length == 0 ? "it is empty" : "it has only " + head.length + " bytes");
        }
        String os = osName.toLowerCase(Locale.ROOT);
        if (os.contains("windows")) {
            return head[0] == 'M' && head[1] == 'Z' ? null : wrongFormat("it is not a Windows executable");
        }
        if (head[0] == '#' && head[1] == '!') {
            return missingInterpreterOfScript(head);
        }
        int magic = ByteBuffer.wrap(head).getInt();
        if (os.contains("mac") || os.contains("darwin")) {
            return isMachO(magic) || isText(head) ? null : wrongFormat("it is not a macOS executable");
        }
        if (magic == ELF) {
            return os.contains("linux") ? elf(head, arch) : null;
        }
        if (isText(head)) {
            return null;
        }
        if (isMachO(magic)) {
            return wrongFormat("it is a macOS executable");
        }
        return wrongFormat(
                head[0] == 'M' && head[1] == 'Z'
                        ? "it is a Windows executable"
                        : "it starts with the bytes "
                                + HexFormat.ofDelimiter(" ").formatHex(head, 0, 4) + ", which no executable does");
    }

    private static @Nullable Problem elf(byte[] head, String arch) {
        if (head.length < 64) {
            return wrongFormat("its ELF header is cut short");
        }
        boolean wide = head[4] == 2;
        ByteBuffer elf = ByteBuffer.wrap(head).order(head[5] == 2 ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        int machine = elf.getShort(18) & 0xffff;
        if (!runs(arch, machine)) {
            return wrongFormat(
                    "it is for another processor (ELF machine " + machine + ", this JVM runs on " + arch + ")");
        }
        String interpreter = elfInterpreter(head, elf, wide);
        if (interpreter == null || Files.exists(Path.of(interpreter))) {
            return null;
        }
        String library = interpreter.contains("musl") ? "musl" : "glibc";
        return new Problem(
                Reason.WRONG_LIBC,
                "it is built for " + library + " and needs the loader " + interpreter
                        + ", which this system does not have");
    }

    private static @Nullable String elfInterpreter(byte[] head, ByteBuffer elf, boolean wide) {
        long table = wide ? elf.getLong(32) : elf.getInt(28) & 0xffffffffL;
        int entrySize = elf.getShort(wide ? 54 : 42) & 0xffff;
        int entries = elf.getShort(wide ? 56 : 44) & 0xffff;
        for (int i = 0; i < entries; i++) {
            long entry = table + (long) i * entrySize;
            if (entry < 0 || entry + (wide ? 56 : 32) > elf.limit()) {
                return null;
            }
            int at = (int) entry;
            if (elf.getInt(at) == PT_INTERP) {
                long offset = wide ? elf.getLong(at + 8) : elf.getInt(at + 4) & 0xffffffffL;
                long size = wide ? elf.getLong(at + 32) : elf.getInt(at + 16) & 0xffffffffL;
                if (offset < 0 || size < 2 || size > 4096 || offset + size > elf.limit()) {
                    return null;
                }
                return new String(head, (int) offset, (int) size - 1, StandardCharsets.UTF_8);
            }
        }
        return null;
    }

    private static boolean runs(String arch, int machine) {
        return switch (arch.toLowerCase(Locale.ROOT)) {
            case "amd64", "x86_64" -> machine == EM_X86_64 || machine == EM_386;
            case "aarch64", "arm64" -> machine == EM_AARCH64 || machine == EM_ARM;
            default -> true;
        };
    }

    private static @Nullable Problem missingInterpreterOfScript(byte[] head) {
        String text = new String(head, StandardCharsets.ISO_8859_1);
        int end = text.indexOf('\n');
        String line = text.substring(2, end < 0 ? text.length() : end).strip();
        int blank = line.indexOf(' ');
        String interpreter = blank < 0 ? line : line.substring(0, blank);
        if (!interpreter.startsWith("/") || interpreter.indexOf('\0') >= 0 || Files.exists(Path.of(interpreter))) {
            return null;
        }
        return new Problem(Reason.OTHER, "it is a script and its interpreter " + interpreter + " does not exist");
    }

    private static boolean isMachO(int magic) {
        return magic == 0xcffaedfe || magic == 0xcefaedfe || magic == 0xcafebabe || magic == 0xcafebabf;
    }

    private static boolean isText(byte[] head) {
        for (int i = 0; i < Math.min(head.length, 128); i++) {
            int b = head[i];
            if (b >= 0 && b < ' ' && b != '\n' && b != '\r' && b != '\t' && b != '\f' && b != 0x1b) {
                return false;
            }
        }
        return head[0] != 'M' || head[1] != 'Z';
    }

    private static Problem wrongFormat(String why) {
        return new Problem(Reason.WRONG_FORMAT, why);
    }
}
