package io.github.claudesessions.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.module.ModuleDescriptor;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Where the project's sources and classes are. Maven runs tests in the project's folder. */
final class Project {
    static final String ROOT = "io.github.claudesessions";
    static final Path CLASSES = Path.of("target", "classes");
    static final Path TEST_CLASSES = Path.of("target", "test-classes");

    private static final Set<String> NOT_OURS = Set.of(".git", "target", ".idea", ".vscode", ".settings");

    private Project() {}

    /** The packages that the module exports. */
    static Set<String> exportedPackages() {
        try (var in = Files.newInputStream(CLASSES.resolve("module-info.class"))) {
            return ModuleDescriptor.read(in).exports().stream()
                    .map(ModuleDescriptor.Exports::source)
                    .collect(Collectors.toUnmodifiableSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Every class below {@code classes}, nested ones too, loaded but not initialised. */
    static List<Class<?>> load(Path classes) {
        List<Class<?>> found = new ArrayList<>();
        for (Path file : files(classes)) {
            String name = classes.relativize(file).toString();
            if (!name.endsWith(".class") || name.endsWith("-info.class")) {
                continue;
            }
            String type = name.substring(0, name.length() - ".class".length())
                    .replace('/', '.')
                    .replace('\\', '.');
            try {
                found.add(Class.forName(type, false, Project.class.getClassLoader()));
            } catch (ClassNotFoundException e) {
                throw new IllegalStateException(type, e);
            }
        }
        return found;
    }

    static List<Path> sources(String tree) {
        return files(Path.of("src", tree)).stream()
                .filter(file -> file.toString().endsWith(".java"))
                .toList();
    }

    /** The files that belong to the project, as far as a folder without version control can tell. */
    static List<Path> files() {
        return files(Path.of(""));
    }

    /** The entries of Maven's run-time class path, which the build writes before the tests. */
    static List<Path> runtimeClasspath() throws IOException {
        String line = Files.readString(Path.of("target", "runtime-classpath.txt"));
        try (Stream<String> entries = Stream.of(line.strip().split(java.io.File.pathSeparator))) {
            return entries.map(Path::of).toList();
        }
    }

    private static List<Path> files(Path folder) {
        List<Path> files = new ArrayList<>();
        try {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path visited, BasicFileAttributes attributes) {
                    boolean skip = !visited.equals(folder)
                            && NOT_OURS.contains(visited.getFileName().toString());
                    return skip ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    // In a work tree .git is a file.
                    if (!NOT_OURS.contains(file.getFileName().toString())) {
                        files.add(file);
                    }
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return files;
    }
}
