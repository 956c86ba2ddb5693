package io.github.claudesessions.internal.process;

import io.github.claudesessions.error.ClaudeException;
import io.github.claudesessions.error.CliNotExecutableException;
import io.github.claudesessions.error.CliNotExecutableException.Reason;
import io.github.claudesessions.error.CliNotFoundException;
import io.github.claudesessions.error.LaunchException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Says whether a file can be run and, when the system would not start it, why. Stateless. */
public final class Executables {
    private static final Pattern ERROR_NUMBER = Pattern.compile("error[=:] ?(\\d+)");
    private static final String WAY_OUT =
            " Use ClaudeCli.managed(), which installs a build that fits this system, or ClaudeCli.at(path) with one.";

    private Executables() {}

    /**
     * Checks a file that is about to be run, at the price of two looks at the file system and one short read.
     *
     * @return {@code file}
     * @throws CliNotFoundException if nothing is there
     * @throws CliNotExecutableException if it is a directory, a Windows script, without execute permission, or not for
     *     this system
     */
    public static Path check(Path file) {
        return check(file, System.getProperty("os.name", ""), System.getProperty("os.arch", ""));
    }

    static Path check(Path file, String osName, String arch) {
        refuseScript(file.toString());
        if (!Files.exists(file)) {
            throw notFound(file, null);
        }
        if (Files.isDirectory(file)) {
            throw notExecutable(file, Reason.OTHER, "it is a directory", null);
        }
        if (!Files.isExecutable(file)) {
            throw notExecutable(file, Reason.NO_PERMISSION, noPermission(), null);
        }
        ExecutableFormat.Problem problem = ExecutableFormat.problem(file, osName, arch);
        if (problem != null) {
            throw notExecutable(file, problem.reason(), problem.why(), null);
        }
        return file;
    }

    /**
     * The exception for a {@link ProcessBuilder#start()} that failed. Look at the working directory first: a missing
     * one gives the same system error as a missing file.
     *
     * @return {@link CliNotExecutableException} with its reason; {@link CliNotFoundException} if the file is gone; {@link
     *     LaunchException} if the system has no room for another process
     */
    public static ClaudeException explain(Path file, IOException failure) {
        return explain(file, failure, System.getProperty("os.name", ""), System.getProperty("os.arch", ""));
    }

    static ClaudeException explain(Path file, IOException failure, String osName, String arch) {
        if (!Files.exists(file)) {
            return notFound(file, failure);
        }
        if (Files.isDirectory(file)) {
            return notExecutable(file, Reason.OTHER, "it is a directory", failure);
        }
        boolean windows = osName.toLowerCase(Locale.ROOT).contains("windows");
        int number = errorNumber(failure);
        Refusal refusal = windows ? windowsRefusal(number) : unixRefusal(number);
        if (refusal == Refusal.NO_ROOM) {
            return new LaunchException(
                    "The system would not start another process: it has no memory, process or file descriptor left,"
                            + " or arguments and environment are too large (error " + number + ").",
                    LaunchException.Reason.SYSTEM,
                    failure);
        }
        if (refusal == Refusal.NO_PERMISSION || !Files.isExecutable(file)) {
            return notExecutable(file, Reason.NO_PERMISSION, noPermission(), failure);
        }
        ExecutableFormat.Problem problem = ExecutableFormat.problem(file, osName, arch);
        if (problem != null) {
            return notExecutable(file, problem.reason(), problem.why(), failure);
        }
        String suffix = number < 0 ? "" : " (error " + number + ")";
        return refusal == Refusal.FORMAT
                ? notExecutable(file, Reason.WRONG_FORMAT, "it is damaged or for another system" + suffix, failure)
                : notExecutable(file, Reason.OTHER, "the system refused to start it" + suffix, failure);
    }

    private enum Refusal {
        NO_ROOM,
        NO_PERMISSION,
        FORMAT,
        OTHER
    }

    private static Refusal unixRefusal(int number) {
        return switch (number) {
            case 7, 11, 12, 23, 24 -> Refusal.NO_ROOM; // E2BIG EAGAIN ENOMEM ENFILE EMFILE
            case 13 -> Refusal.NO_PERMISSION;
            case 8, 86 -> Refusal.FORMAT; // ENOEXEC, macOS: EBADARCH
            default -> Refusal.OTHER;
        };
    }

    private static Refusal windowsRefusal(int number) {
        return switch (number) {
            case 8, 206, 1455 -> Refusal.NO_ROOM; // memory, a too long command line, the paging file
            case 5 -> Refusal.NO_PERMISSION;
            case 193, 216 -> Refusal.FORMAT;
            default -> Refusal.OTHER;
        };
    }

    /**
     * True for a name that Windows would run through its command interpreter: {@code .cmd} or {@code .bat}, also with a
     * stream suffix, trailing dots or blanks, which Windows ignores.
     */
    public static boolean isWindowsScript(String path) {
        String name = path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
        int stream = name.indexOf(':', 1);
        if (stream == 1) {
            stream = name.indexOf(':', 2); // a drive letter
        }
        String bare = (stream < 0 ? name : name.substring(0, stream)).toLowerCase(Locale.ROOT);
        int end = bare.length();
        while (end > 0 && (bare.charAt(end - 1) == '.' || bare.charAt(end - 1) <= ' ')) {
            end--;
        }
        bare = bare.substring(0, end);
        return bare.endsWith(".cmd") || bare.endsWith(".bat");
    }

    /** Throws if {@code path} names a Windows script. */
    public static void refuseScript(String path) {
        if (isWindowsScript(path)) {
            int cut = path.indexOf(':', 2);
            throw notExecutable(
                    Path.of(cut < 0 ? path : path.substring(0, cut)),
                    Reason.SCRIPT,
                    "it is a Windows script, whose arguments the command interpreter would read as commands",
                    null);
        }
    }

    private static CliNotFoundException notFound(Path file, @Nullable Throwable cause) {
        return new CliNotFoundException(
                "No Claude Code at " + file + ". Correct the path, or use ClaudeCli.managed(), which installs one.",
                List.of(file.toString()),
                cause);
    }

    private static CliNotExecutableException notExecutable(
            Path file, Reason reason, String why, @Nullable Throwable cause) {
        String what = reason == Reason.NO_PERMISSION ? "" : WAY_OUT;
        return new CliNotExecutableException(file + " can't be run: " + why + "." + what, file, reason, cause);
    }

    private static String noPermission() {
        return "this user has no permission to execute it, or its file system is mounted noexec; grant it with chmod +x"
                + " or choose another place";
    }

    private static int errorNumber(IOException failure) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            Matcher m = ERROR_NUMBER.matcher(String.valueOf(t.getMessage()));
            if (m.find() && m.group(1).length() < 9) {
                return Integer.parseInt(m.group(1));
            }
        }
        return -1;
    }
}
