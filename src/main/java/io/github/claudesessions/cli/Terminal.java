package io.github.claudesessions.cli;

import java.io.Console;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Tells whether a stream ends at a terminal, as far as a JVM can know. */
final class Terminal {
    private Terminal() {}

    @SuppressWarnings("ReferenceEquality") // a stream has no other identity
    static boolean is(PrintStream out) {
        int descriptor = out == System.err ? 2 : out == System.out ? 1 : -1;
        if (descriptor < 0 || "dumb".equals(System.getenv("TERM"))) {
            return false;
        }
        Path link = Path.of("/proc/self/fd/" + descriptor);
        try {
            String target = Files.readSymbolicLink(link).toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
        } catch (IOException | UnsupportedOperationException e) {
            return console(System.console());
        }
    }

    @SuppressWarnings("SystemConsoleNull") // on 21 null says that there is none; later releases are asked below
    private static boolean console(@Nullable Console console) {
        if (console == null) {
            return false;
        }
        try {
            return Boolean.TRUE.equals(Console.class.getMethod("isTerminal").invoke(console));
        } catch (NoSuchMethodException e) {
            return true;
        } catch (ReflectiveOperationException e) {
            return false;
        }
    }
}
