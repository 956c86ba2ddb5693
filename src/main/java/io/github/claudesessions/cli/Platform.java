package io.github.claudesessions.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Which build of the CLI fits a machine. */
final class Platform {
    private static final List<String> GLIBC_LOADERS = List.of(
            "lib64/ld-linux-x86-64.so.2",
            "lib/ld-linux-x86-64.so.2",
            "lib/ld-linux-aarch64.so.1",
            "lib64/ld-linux-aarch64.so.1");

    private Platform() {}

    /** The name that the vendor uses, such as {@code linux-x64-musl}; one that no build has for an odd machine. */
    static String of(Host host) {
        String arch = switch (host.arch().toLowerCase(Locale.ROOT)) {
            case "amd64", "x86_64", "x64" -> "x64";
            case "aarch64", "arm64" -> "arm64";
            default -> host.arch();
        };
        if (host.windows()) {
            return "win32-" + arch;
        }
        if (host.mac()) {
            return "darwin-" + arch;
        }
        String os = host.osName().toLowerCase(Locale.ROOT);
        return os + "-" + arch + (os.equals("linux") && isMusl(host.root()) ? "-musl" : "");
    }

    private static boolean isMusl(Path root) {
        boolean musl = false;
        try (DirectoryStream<Path> loaders = Files.newDirectoryStream(root.resolve("lib"), "ld-musl-*.so.1")) {
            musl = loaders.iterator().hasNext();
        } catch (IOException e) {
            return false;
        }
        boolean glibc = GLIBC_LOADERS.stream().anyMatch(loader -> Files.exists(root.resolve(loader)));
        return musl && (!glibc || jvmUsesMusl(root));
    }

    /** Both can be there: a musl toolchain on Debian, a glibc shim on Alpine. What this JVM runs on decides. */
    private static boolean jvmUsesMusl(Path root) {
        try {
            return Files.readString(root.resolve("proc/self/maps"), StandardCharsets.ISO_8859_1)
                    .contains("/ld-musl-");
        } catch (IOException e) {
            return false;
        }
    }
}
