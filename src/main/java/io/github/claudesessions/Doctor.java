package io.github.claudesessions;

import io.github.claudesessions.internal.Check;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Looks whether sessions with some options can run here, without starting one and without spending a token: the binary,
 * its version and platform, credentials, user, folders, limits of the system, and on demand the network. Installs and
 * changes nothing.
 *
 * {@snippet file="io/github/claudesessions/functional/DoctorOnCliTest.java" region="doctor"}
 *
 * <p>It runs the CLI twice, for its version and for {@code auth status}, for at most 10 seconds each, so that a report
 * takes half a second, at most half a minute besides the time for the network. A report has no secret: of the credentials
 * it tells the kind only, and a value of the options or of the environment that sounds secret is masked wherever it
 * turns up.
 *
 * <p>As a program, for an image or a health check, it prints the report on the options of
 * {@link ClaudeOptions#fromEnvironment()} to stdout. The exit code is 0, 1 if a check failed, or 2 for wrong arguments:
 *
 * <pre>
 * java -cp "/app/lib/*" io.github.claudesessions.Doctor [--network]
 * </pre>
 */
public final class Doctor {
    private static final Duration NETWORK = Duration.ofSeconds(5);

    private final ClaudeOptions options;
    private final @Nullable Duration network;

    private Doctor(ClaudeOptions options, @Nullable Duration network) {
        this.options = options;
        this.network = network;
    }

    /** A look at what these options need, without the network. */
    public static Doctor of(ClaudeOptions options) {
        return new Doctor(Check.notNull("options", options), null);
    }

    /** Also opens, and closes, a TCP connection to the API's address, or to the proxy before it, within 5 seconds. */
    public Doctor network() {
        return network(NETWORK);
    }

    /** As {@link #network()}, within another time, at most 365 days. */
    public Doctor network(Duration limit) {
        return new Doctor(options, Rules.timeout("limit", limit));
    }

    /**
     * Looks now. What goes wrong meanwhile is a failed check.
     *
     * @throws io.github.claudesessions.error.SessionInterruptedException if the thread is interrupted
     */
    public DoctorReport run() {
        return DoctorChecks.run(options, network, Host.current());
    }

    /**
     * Runs one short turn, which the model is paid for: only that shows that the credentials, the network and the model
     * work. The session has these options, but no built-in tools, and a conversation of its own that is not kept. What
     * goes wrong is in the report.
     *
     * {@snippet file="io/github/claudesessions/functional/OperationOnCliTest.java" region="ping"}
     *
     * @param limit for the start of the CLI, and again for the turn; at most 365 days
     * @throws io.github.claudesessions.error.SessionInterruptedException if the thread is interrupted
     */
    public PingReport ping(Duration limit) {
        return Ping.run(options, Rules.timeout("limit", limit));
    }

    /** Prints the report and ends the JVM. */
    public static void main(String[] args) {
        System.exit(main(args, System.out, System.err));
    }

    static int main(String[] args, PrintStream out, PrintStream err) {
        if (!Stream.of(List.of(), List.of("--network")).anyMatch(List.of(args)::equals)) {
            err.println("usage: java -cp ... " + Doctor.class.getName() + " [--network]");
            return 2;
        }
        ClaudeOptions options;
        try {
            options = ClaudeOptions.fromEnvironment();
        } catch (IllegalArgumentException e) {
            err.println(e.getMessage());
            return 1;
        }
        Doctor doctor = of(options);
        DoctorReport report = (args.length == 0 ? doctor : doctor.network()).run();
        out.print(report.text());
        return report.ok() ? 0 : 1;
    }
}
