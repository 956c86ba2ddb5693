package io.github.claudesessions.scale;

import io.github.claudesessions.ClaudeOptions;
import io.github.claudesessions.cli.ClaudeCli;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** A small shell script in the place of the CLI; each test says in shell what it does. */
public final class Stub {
    /** A process that reads nothing after the handshake. */
    static final String NEVER_READS = "on_initialize() { answer '%s'; exec sleep 600; }"
            .formatted("{\"settings_applied\":true,\"disallowed_tools_applied\":true}");

    private static final Path SCRIPT = install();

    private Stub() {}

    /** Options that run the stub as it is. */
    public static ClaudeOptions.Builder options() {
        return options("");
    }

    /** Options that run the stub with some of its functions redefined by {@code behaviour}. */
    public static ClaudeOptions.Builder options(String behaviour) {
        return ClaudeOptions.builder().cli(ClaudeCli.at(SCRIPT)).env("STUB", behaviour);
    }

    /** The script. */
    public static Path path() {
        return SCRIPT;
    }

    private static Path install() {
        try (InputStream script = Stub.class.getResourceAsStream("/stub/claude.sh")) {
            Path folder = Files.createTempDirectory("stub-");
            Path file = folder.resolve("claude");
            Files.copy(script, file);
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
            folder.toFile().deleteOnExit();
            file.toFile().deleteOnExit();
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
