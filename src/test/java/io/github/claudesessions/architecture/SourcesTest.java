package io.github.claudesessions.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What may be written in the project's files. */
@Timeout(60)
class SourcesTest {
    private static final int MAX_LINES = 500;

    /** In parts, so that this file does not hold what it looks for. */
    private static final List<String> REGISTRY_HOSTS = Stream.of(
                    List.of("repo", "maven", "apache", "org"),
                    List.of("repo1", "maven", "org"),
                    List.of("central", "sonatype", "com"),
                    List.of("oss", "sonatype", "org"),
                    List.of("registry", "npmjs", "org"),
                    List.of("registry", "yarnpkg", "com"),
                    List.of("plugins", "gradle", "org"),
                    List.of("pypi", "org"),
                    List.of("pkg", "github", "com"),
                    List.of("jitpack", "io"))
            .map(parts -> String.join(".", parts))
            .toList();

    /** A path below somebody's home or work folder; made-up people may live in examples. */
    private static final Pattern MACHINE_PATH = Pattern.compile(
            "(?<![\\w.~$})*%/-])/(?:(?:root|work|workspace)/|(?:home|Users)/(?!(?:u|user|someone|me)\\b)\\w)");

    @Test
    void noFileNamesAPackageRegistry() throws IOException {
        List<String> found = new ArrayList<>();
        for (Path file : Project.files()) {
            String text = text(file).toLowerCase(Locale.ROOT);
            REGISTRY_HOSTS.stream().filter(text::contains).forEach(host -> found.add(file + " names " + host));
        }
        assertThat(found).isEmpty();
    }

    @Test
    void noFileHoldsAPathOfSomebodysMachine() throws IOException {
        List<String> found = new ArrayList<>();
        for (Path file : Project.files()) {
            Matcher path = MACHINE_PATH.matcher(text(file));
            if (path.find()) {
                found.add(file + " has " + path.group());
            }
        }
        assertThat(found).isEmpty();
    }

    @Test
    void noSourceFileIsLongerThanItMayBe() throws IOException {
        List<String> found = new ArrayList<>();
        for (String tree : List.of("main", "test", "demo", "bench")) {
            for (Path file : Project.sources(tree)) {
                long lines = text(file).lines().count();
                if (lines > MAX_LINES) {
                    found.add(file + " has " + lines + " lines");
                }
            }
        }
        assertThat(found).isEmpty();
    }

    @Test
    void everyPackageIsNullMarked() throws IOException {
        List<Path> bare = new ArrayList<>();
        for (Path file : Project.sources("main")) {
            Path info = file.resolveSibling("package-info.java");
            if (!file.endsWith("module-info.java")
                    && !(Files.exists(info) && text(info).contains("@NullMarked"))) {
                bare.add(file);
            }
        }
        assertThat(bare).isEmpty();
    }

    /** The file's text, or nothing if it is binary. */
    private static String text(Path file) throws IOException {
        try {
            return Files.readString(file);
        } catch (MalformedInputException e) {
            return "";
        }
    }
}
