package io.github.claudesessions.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What may depend on what, as {@code jdeps} sees it in the compiled classes. Names are relative to the root package. */
@Timeout(120)
class PackagesTest {
    private static final String ROOT = "";
    private static final Pattern EDGE = Pattern.compile("^\\s+(\\S+)\\s+->\\s+(\\S+)");

    private static Map<String, Set<String>> dependencies = Map.of();

    @BeforeAll
    static void readDependencies() throws IOException {
        dependencies = parse(jdeps("-verbose:package"));
        // If jdeps ever writes its findings in another form, the rules below must not pass because they see nothing.
        assertThat(dependencies.get(ROOT)).contains("message", "error", "internal.protocol");
    }

    @Test
    void packagesHaveNoCycle() {
        List<String> cycle = new ArrayList<>();
        Map<String, Boolean> done = new HashMap<>();
        for (String start : dependencies.keySet()) {
            if (cycle.isEmpty()) {
                findCycle(start, new LinkedHashSet<>(), done, cycle);
            }
        }
        assertThat(cycle).as("packages that depend on each other").isEmpty();
    }

    @Test
    void nothingInTheLibraryUsesTheTestingKit() {
        assertThat(dependents("testing")).isEmpty();
    }

    @Test
    void onlyTheTestingKitAndTheMetricsSeeTheRoot() {
        assertThat(dependents(ROOT)).isSubsetOf("testing", "micrometer");
    }

    @Test
    void messagesDependOnNothingButHelpers() {
        assertThat(dependencies.getOrDefault("message", Set.of()))
                .isSubsetOf("internal", "internal.json", "internal.schema");
    }

    @Test
    void publicPackagesBelowTheRootDoNotSeeTheMachinery() {
        for (String name : List.of("message", "error", "spi", "permission", "hook", "tool", "history", "cli")) {
            assertThat(dependencies.getOrDefault(name, Set.of()))
                    .as(name)
                    .doesNotContain("internal.protocol", "internal.supervision");
        }
    }

    @Test
    void internalPackagesAreNotExported() {
        assertThat(Project.exportedPackages())
                .isNotEmpty()
                .noneMatch(name -> name.startsWith(Project.ROOT + ".internal"));
    }

    /** The library is compiled as a module, but tested on the class path, where a missing export goes unnoticed. */
    @Test
    void everyOtherPackageIsExported() {
        Set<String> packages = Project.load(Project.CLASSES).stream()
                .map(Class::getPackageName)
                .filter(name -> !name.startsWith(Project.ROOT + ".internal"))
                .collect(Collectors.toSet());
        assertThat(Project.exportedPackages()).containsExactlyInAnyOrderElementsOf(packages);
    }

    private static Set<String> dependents(String name) {
        return dependencies.entrySet().stream()
                .filter(entry -> entry.getValue().contains(name))
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static void findCycle(String at, Set<String> path, Map<String, Boolean> done, List<String> cycle) {
        if (path.contains(at)) {
            List<String> whole = new ArrayList<>(path);
            cycle.addAll(whole.subList(whole.indexOf(at), whole.size()));
            cycle.add(at);
        } else if (cycle.isEmpty() && done.putIfAbsent(at, true) == null) {
            path.add(at);
            for (String next : dependencies.getOrDefault(at, Set.of())) {
                findCycle(next, path, done, cycle);
            }
            path.remove(at);
        }
    }

    private static Map<String, Set<String>> parse(String findings) {
        Map<String, Set<String>> edges = new TreeMap<>();
        findings.lines().map(EDGE::matcher).filter(Matcher::find).forEach(edge -> {
            if (isOurs(edge.group(1)) && isOurs(edge.group(2)) && !edge.group(1).equals(edge.group(2))) {
                edges.computeIfAbsent(relative(edge.group(1)), from -> new TreeSet<>())
                        .add(relative(edge.group(2)));
            }
        });
        return edges;
    }

    private static boolean isOurs(String name) {
        return name.equals(Project.ROOT) || name.startsWith(Project.ROOT + ".");
    }

    private static String relative(String name) {
        return name.equals(Project.ROOT) ? ROOT : name.substring(Project.ROOT.length() + 1);
    }

    private static String jdeps(String option) throws IOException {
        String libraries =
                Project.runtimeClasspath().stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
        StringWriter out = new StringWriter();
        PrintWriter writer = new PrintWriter(out);
        int exit = ToolProvider.findFirst("jdeps")
                .orElseThrow()
                .run(
                        writer,
                        writer,
                        option,
                        "--multi-release",
                        "base",
                        "--ignore-missing-deps",
                        "-filter:none",
                        "--module-path",
                        libraries,
                        Project.CLASSES.toString());
        writer.flush();
        assertThat(exit).as(out.toString()).isZero();
        return out.toString();
    }
}
