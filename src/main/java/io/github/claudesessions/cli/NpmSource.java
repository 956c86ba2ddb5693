package io.github.claudesessions.cli;

import com.google.errorprone.annotations.Var;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The npm of the machine, with whatever mirror, proxy and credentials its settings name. The platform's package holds
 * the binary itself and none of its scripts is run.
 */
final class NpmSource implements BinarySource {
    private static final Logger LOG = LoggerFactory.getLogger(NpmSource.class);
    private static final Duration LIMIT = Duration.ofMinutes(30);
    private static final long TICK_MILLIS = 200;
    private static final Pattern CODE = Pattern.compile("npm (?:ERR!|error) code ([A-Z0-9_]+)");

    private final Host host;

    NpmSource(Host host) {
        this.host = host;
    }

    @Override
    public String name() {
        return "npm";
    }

    @Override
    public Path fetch(Order order) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory(order.folder(), Order.TEMPORARY + "npm-");
        Path log = folder.resolve("npm.log");
        String packageName = "@anthropic-ai/claude-code-" + order.platform();
        Process npm = new ProcessBuilder(command(packageName + "@" + order.version()))
                .directory(folder.toFile())
                .redirectInput(ProcessBuilder.Redirect.PIPE)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            npm.getOutputStream().close();
            await(npm, folder, order);
        } finally {
            npm.descendants().forEach(ProcessHandle::destroyForcibly);
            npm.destroyForcibly();
        }
        if (npm.exitValue() != 0) {
            throw failed(npm.exitValue(), log);
        }
        Path binary = folder.resolve("node_modules").resolve(packageName).resolve(order.fileName());
        if (!Files.isRegularFile(binary)) {
            throw new IOException("its package has no file " + order.fileName());
        }
        return binary;
    }

    /** Everything in it is fixed or of this library's own table; the folder is the working directory. */
    private List<String> command(String what) throws IOException {
        List<String> arguments = List.of(
                "install",
                "--ignore-scripts",
                "--no-save",
                "--no-audit",
                "--no-fund",
                "--no-package-lock",
                "--no-global",
                "--prefix",
                ".",
                what);
        PathSearch search = new PathSearch(host);
        Optional<Path> npm = search.program(host.windows() ? "npm.exe" : "npm");
        if (npm.isPresent()) {
            return concat(List.of(npm.get().toString()), arguments);
        }
        boolean script = host.windows()
                && search.pathFolders().stream().anyMatch(folder -> Files.exists(folder.resolve("npm.cmd")));
        if (!script) {
            throw new IOException("there is none on the PATH");
        }
        return concat(List.of("cmd.exe", "/d", "/c", "npm.cmd"), arguments);
    }

    private static List<String> concat(List<String> first, List<String> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }

    private static void await(Process npm, Path folder, Order order) throws IOException, InterruptedException {
        long start = System.nanoTime();
        @Var long most = 0;
        do {
            most = Math.max(most, bytesIn(folder));
            order.downloaded(most);
            if (System.nanoTime() - start > LIMIT.toNanos()) {
                throw new IOException("it did not finish within " + LIMIT.toMinutes() + " minutes");
            }
        } while (!npm.waitFor(TICK_MILLIS, TimeUnit.MILLISECONDS));
    }

    /** As good as it gets: npm tells no progress to a program, so the size of what it has unpacked is shown. */
    private static long bytesIn(Path folder) {
        @Var long sum = 0;
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                sum += file.toFile().length();
            }
        } catch (IOException | java.io.UncheckedIOException e) {
            return sum; // npm moves its folders about
        }
        return sum;
    }

    private static IOException failed(int exitCode, Path log) {
        @Var String code = "";
        try {
            String text = Files.readString(log, StandardCharsets.ISO_8859_1);
            LOG.debug("npm ended with exit code {}: {}", exitCode, text);
            Matcher m = CODE.matcher(text);
            code = m.find() ? " (" + m.group(1) + ")" : "";
        } catch (IOException e) {
            LOG.debug("npm's output can't be read", e);
        }
        return new IOException("it ended with exit code " + exitCode + code
                + "; its output is logged at DEBUG level by " + LOG.getName());
    }
}
