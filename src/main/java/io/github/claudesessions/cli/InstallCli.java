package io.github.claudesessions.cli;

import io.github.claudesessions.error.ClaudeException;
import java.io.PrintStream;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * Installs the pinned Claude Code, for a {@code RUN} line of an image build. Progress goes to stderr, the path of the
 * binary to stdout; the exit code is 0, or 1 with one line on stderr, or 2 for wrong arguments.
 *
 * <p>Built as root and run as another user, the image should name a folder that both can reach:
 *
 * <pre>
 * ENV CLAUDE_SESSIONS_CLI_DIR=/opt/claude-sessions
 * RUN java -cp "/app/lib/*" io.github.claudesessions.cli.InstallCli
 * </pre>
 *
 * <p>Its only argument is optional: the folder, as for {@link ClaudeCli#managed(Path)}.
 */
public final class InstallCli {
    private InstallCli() {}

    /** Installs and ends the JVM. */
    public static void main(String[] args) {
        System.exit(run(args, System.out, System.err));
    }

    static int run(String[] args, PrintStream out, PrintStream err) {
        if (args.length > 1 || (args.length == 1 && args[0].startsWith("-"))) {
            err.println("usage: java -cp ... " + InstallCli.class.getName() + " [folder]");
            return 2;
        }
        try {
            ClaudeCli cli = args.length == 0 ? ClaudeCli.managed() : ClaudeCli.managed(Path.of(args[0]));
            out.println(cli.install(Progress.toStream(err)));
            return 0;
        } catch (ClaudeException | InvalidPathException e) {
            err.println(String.valueOf(e.getMessage()).replaceAll("\\R", " "));
            return 1;
        }
    }
}
