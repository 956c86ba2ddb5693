package io.github.claudesessions.testing;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The commands of JVMs that tests start: the same Java, and the same class path. */
public final class JavaCommand {
    private JavaCommand() {}

    /** The command that runs {@code main}. */
    public static List<String> of(Class<?> main, String... arguments) {
        return of(List.of(), main, arguments);
    }

    /** The command that runs {@code main} in a JVM with options. */
    public static List<String> of(List<String> jvmOptions, Class<?> main, String... arguments) {
        return Stream.of(of(jvmOptions), List.of(main.getName()), List.of(arguments))
                .flatMap(List::stream)
                .toList();
    }

    /** The beginning of a command, before what it runs. */
    public static List<String> of(List<String> jvmOptions) {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return Stream.concat(Stream.of(java, "-cp", System.getProperty("java.class.path")), jvmOptions.stream())
                .toList();
    }
}
