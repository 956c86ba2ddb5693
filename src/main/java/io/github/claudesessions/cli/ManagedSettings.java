package io.github.claudesessions.cli;

import io.github.claudesessions.error.CliInstallException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What the environment says about managed installations. */
final class ManagedSettings {
    static final String SOURCE_VARIABLE = "CLAUDE_SESSIONS_CLI_SOURCE";

    private ManagedSettings() {}

    static Path folder(Host host) {
        String name = ManagedInstall.FOLDER_VARIABLE;
        try {
            return host.variable(name)
                    .map(value -> Path.of(value).toAbsolutePath())
                    .orElseGet(
                            () -> host.cacheFolder().resolve("claude-sessions").resolve("cli"));
        } catch (InvalidPathException e) {
            throw new CliInstallException(
                    "The environment variable " + name + " does not name a folder: " + e.getReason() + ".",
                    ClaudeCli.PINNED_VERSION,
                    Platform.of(host),
                    e);
        }
    }

    /** The sources in the order in which they are to be tried. */
    static List<BinarySource> sources(Host host, String platform) {
        String value = host.variable(SOURCE_VARIABLE).orElse("vendor,npm");
        List<BinarySource> sources = new ArrayList<>();
        for (String word : value.split(",", -1)) {
            sources.add(
                    switch (word.strip()) {
                        case "vendor" -> new VendorSource(VendorSource.RELEASES, VendorSource.STALL);
                        case "npm" -> new NpmSource(host);
                        default ->
                            throw new CliInstallException(
                                    "The environment variable " + SOURCE_VARIABLE
                                            + " must be vendor, npm or both with a comma between, was \"" + value
                                            + "\".",
                                    ClaudeCli.PINNED_VERSION,
                                    platform,
                                    null);
                    });
        }
        return sources;
    }
}
