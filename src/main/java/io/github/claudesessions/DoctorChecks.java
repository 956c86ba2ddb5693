package io.github.claudesessions;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.claudesessions.DoctorReport.Finding;
import io.github.claudesessions.DoctorReport.Status;
import io.github.claudesessions.cli.ClaudeCli;
import io.github.claudesessions.error.ClaudeException;
import io.github.claudesessions.error.SessionInterruptedException;
import io.github.claudesessions.internal.PrivateFolder;
import io.github.claudesessions.internal.json.Json;
import io.github.claudesessions.internal.process.Secrets;
import io.github.claudesessions.internal.process.ShortRun;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The checks of a {@link Doctor}, except those of the system's limits and of the network. */
final class DoctorChecks {
    private static final Duration AUTH_LIMIT = Duration.ofSeconds(10);

    private final ClaudeOptions options;
    private final Host host;
    private final Map<String, String> environment;
    private final List<Finding> findings = new ArrayList<>();

    private DoctorChecks(ClaudeOptions options, Host host) {
        this.options = options;
        this.host = host;
        this.environment = ChildEnvironment.of(options, host);
    }

    static DoctorReport run(ClaudeOptions given, @Nullable Duration network, Host host) {
        ClaudeOptions options = given.isolation()
                .map(isolation -> Tenancy.withoutKey(given, isolation))
                .orElse(given);
        DoctorChecks checks = new DoctorChecks(options, host);
        checks.cli(given.apiKey().isPresent() && given.isolation().isPresent());
        checks.user();
        checks.folders(given.isolation().isPresent() && given.cwd().isEmpty());
        if (network != null) {
            checks.findings.add(NetworkCheck.of(checks.environment, network));
        }
        checks.findings.addAll(SystemLimits.checks(Path.of("/")));
        checks.ok("java", Runtime.version() + " (" + System.getProperty("java.vendor", "unknown") + ")");
        return new DoctorReport(checks.masked(given));
    }

    private List<Finding> masked(ClaudeOptions given) {
        Set<String> more = McpWire.secrets(given.mcpServers());
        given.apiKey().ifPresent(more::add);
        Secrets ofHost = new Secrets(host.environment());
        ofHost.add(more);
        Secrets ofChild = new Secrets(environment);
        return findings.stream()
                .map(found -> new Finding(
                        found.name(),
                        found.status(),
                        ofChild.mask(ofHost.mask(found.value())),
                        ofChild.mask(ofHost.mask(found.advice()))))
                .toList();
    }

    private void ok(String name, String value) {
        findings.add(new Finding(name, Status.OK, value, ""));
    }

    private void warning(String name, String value, String advice) {
        findings.add(new Finding(name, Status.WARNING, value, advice));
    }

    private void failed(String name, String value, String advice) {
        findings.add(new Finding(name, Status.FAILED, value, advice));
    }

    private void cli(boolean keyByHelper) {
        if (options.transport().isPresent()) {
            ok("cli", "started by a transport, not looked at");
            return;
        }
        ok("platform", ClaudeCli.platform());
        Optional<Path> cli;
        try {
            cli = options.cli().installed();
        } catch (ClaudeException e) {
            failed("cli", options.cli() + ": not usable", String.valueOf(e.getMessage()));
            return;
        }
        if (cli.isEmpty()) {
            warning(
                    "cli",
                    options.cli() + ", not installed",
                    "The first session downloads 380 MB; install beforehand with"
                            + " io.github.claudesessions.cli.InstallCli.");
            return;
        }
        ok("cli", cli.get().toString());
        version(cli.get());
        authentication(cli.get(), keyByHelper);
    }

    private void version(Path cli) {
        try {
            String version = ClaudeCli.at(cli).version();
            if (version.equals(ClaudeCli.PINNED_VERSION)) {
                ok("cli version", version);
            } else {
                warning(
                        "cli version",
                        version,
                        "This library is tested with " + ClaudeCli.PINNED_VERSION
                                + "; ClaudeCli.managed() installs it.");
            }
        } catch (SessionInterruptedException e) {
            throw e;
        } catch (ClaudeException e) {
            failed("cli version", "unknown", String.valueOf(e.getMessage()));
        }
    }

    private void authentication(Path cli, boolean keyByHelper) {
        String name = "authentication";
        if (keyByHelper) {
            ok(name, "apiKey, by a private file");
            return;
        }
        try (PrivateFolder temp = PrivateFolder.create("claude-sessions-doctor-")) {
            Map<String, String> variables = new HashMap<>(environment);
            variables.put("TMPDIR", temp.path().toString()); // the CLI leaves things there
            if (!Files.exists(configFolder())) {
                // it would be made, with rights as they come
                variables.put("CLAUDE_CONFIG_DIR", temp.path().toString());
            }
            Path cwd = options.cwd().filter(Files::isDirectory).orElse(temp.path());
            Optional<ShortRun> run = ShortRun.of(List.of(cli.toString(), "auth", "status"), variables, cwd, AUTH_LIMIT);
            if (run.isEmpty()) {
                warning(name, "unknown", "claude auth status did not end within " + AUTH_LIMIT.toSeconds() + " s.");
            } else if (run.get().exitCode() == 0) {
                ok(name, source(run.get().output()));
            } else {
                failed(
                        name,
                        "none",
                        "Set apiKey or ANTHROPIC_API_KEY, or log in with the CLI as the user of this JVM.");
            }
        } catch (IOException | UncheckedIOException e) {
            warning(name, "unknown", "claude auth status can't be run: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SessionInterruptedException("Interrupted while asking for the authentication.", e);
        }
    }

    /** Only the kinds are taken over: the answer can have names and addresses of people too. */
    private static String source(String json) {
        try {
            byte[] utf8 = json.getBytes(StandardCharsets.UTF_8);
            JsonNode answer = Json.parse(utf8, 0, utf8.length);
            String method = answer.path("authMethod").asText("unknown");
            String source = answer.path("apiKeySource").asText(method);
            String provider = answer.path("apiProvider").asText("firstParty");
            return method
                    + (source.equals(method) ? "" : " from " + source)
                    + (provider.equals("firstParty") ? "" : ", " + provider);
        } catch (IOException e) {
            return "there is one, of an unknown kind";
        }
    }

    private void user() {
        String name = System.getProperty("user.name", "unknown");
        if (host.root()) {
            warning(
                    "user",
                    name + " (root)",
                    "Commands of the model run as root, and the CLI refuses bypassPermissions; use another user.");
        } else {
            ok("user", name);
        }
    }

    private void folders(boolean cwdIsMade) {
        options.cli().folder().filter(folder -> options.transport().isEmpty()).ifPresent(folder -> {
            boolean there = findings.stream()
                    .anyMatch(found -> found.name().equals("cli version") && found.status() != Status.FAILED);
            folder("cache folder", folder, there ? Status.OK : Status.FAILED);
        });
        folder("config folder", configFolder(), Status.FAILED);
        folder("temp folder", Path.of(System.getProperty("java.io.tmpdir", "/tmp")), Status.FAILED);
        Path cwd = options.cwd().orElse(Path.of("").toAbsolutePath());
        if (!cwdIsMade && !Files.isDirectory(cwd)) {
            failed("cwd", cwd + ", no folder", "Make it, or choose another cwd.");
        } else {
            folder("cwd", cwd, Status.WARNING);
        }
    }

    private Path configFolder() {
        String config = environment.getOrDefault("CLAUDE_CONFIG_DIR", "");
        String home = environment.getOrDefault("HOME", System.getProperty("user.home", "."));
        return config.isEmpty() ? Path.of(home).resolve(".claude") : Path.of(config);
    }

    /** A folder that is missing is made when it is needed, if what it is to be in can be written. */
    private void folder(String name, Path folder, Status ifReadOnly) {
        Path there = folder.toAbsolutePath();
        while (!Files.exists(there) && there.getParent() != null) {
            there = there.getParent();
        }
        String value = folder + (there.equals(folder.toAbsolutePath()) ? "" : ", will be made");
        if (Files.isDirectory(there) && Files.isWritable(there)) {
            ok(name, value);
        } else if (ifReadOnly == Status.OK) {
            ok(name, folder + ", can't be written; nothing is to be installed");
        } else {
            findings.add(new Finding(
                    name,
                    ifReadOnly,
                    folder + ", can't be written",
                    "Give this user the right to write to " + there + "."));
        }
    }
}
