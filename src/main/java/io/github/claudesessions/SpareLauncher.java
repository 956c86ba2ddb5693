package io.github.claudesessions;

import io.github.claudesessions.error.ClaudeException;
import io.github.claudesessions.internal.protocol.Continuity;
import io.github.claudesessions.internal.protocol.SessionCore;
import io.github.claudesessions.internal.supervision.SpareSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Starts spare processes. They write stream events, so that they serve callers who want them and those who do not. */
record SpareLauncher(ClaudeOptions options) implements SpareSource {
    @Override
    public Started start(Continuity continuity, Consumer<? super SessionCore> prepare) {
        Places before = Places.of(options);
        SessionCore core = SessionLauncher.open(options, new Opening(true, continuity, prepare, List.of()));
        // the first start may install the CLI, or make the folder of a tenant
        Places places = before.complete() ? before : Places.of(options);
        return new Started(core, () -> places.equals(Places.of(options)));
    }

    /**
     * What a process runs and where. All else that it depends on is in the options, which its takers share, or in the
     * environment of this JVM, which does not change.
     *
     * @param cli the binary, or null if it is not there, or not known here
     * @param folders the working directory and those of a tenant, as far as they are there
     */
    private record Places(@Nullable Identity cli, List<Optional<Identity>> folders) {
        static Places of(ClaudeOptions options) {
            Path folder = options.cwd()
                    .or(() -> options.isolation().map(Isolation::workDir))
                    .orElse(Path.of("").toAbsolutePath());
            Stream<Path> tenant = options.isolation().stream()
                    .flatMap(isolation -> Stream.of(isolation.configDir(), isolation.homeDir()));
            return new Places(
                    cli(options),
                    Stream.concat(Stream.of(folder), tenant)
                            .map(path -> Optional.ofNullable(Identity.of(path)))
                            .toList());
        }

        boolean complete() {
            return cli != null && folders.stream().allMatch(Optional::isPresent);
        }

        private static @Nullable Identity cli(ClaudeOptions options) {
            if (options.transport().isPresent()) {
                return null;
            }
            try {
                return options.cli().installed().map(Identity::of).orElse(null);
            } catch (ClaudeException e) {
                return null; // whoever starts a process is told
            }
        }
    }

    /**
     * A file or folder; another one under the same name is not the same. The number of a folder is not given to another
     * as long as a process works in it, and what changes in it does not matter.
     */
    private record Identity(
            Path path, @Nullable Object key, @Nullable FileTime changed) {
        static @Nullable Identity of(Path path) {
            try {
                Path real = path.toRealPath();
                BasicFileAttributes now = Files.readAttributes(real, BasicFileAttributes.class);
                return new Identity(real, now.fileKey(), now.isDirectory() ? null : now.lastModifiedTime());
            } catch (IOException e) {
                return null;
            }
        }
    }
}
