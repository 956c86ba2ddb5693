package io.github.claudesessions.spi;

import io.github.claudesessions.internal.Check;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What to run: the arguments of the CLI without its executable, the whole environment, and the working directory.
 *
 * @param arguments the arguments, each to be handed over as one, without a shell
 * @param environment the complete environment of the process; nothing else may be inherited
 * @param cwd the working directory, or null for the directory of this JVM
 */
public record Launch(
        List<String> arguments,
        Map<String, String> environment,
        @Nullable Path cwd) {
    /** Copies the collections. */
    public Launch {
        arguments = List.copyOf(Check.notNull("arguments", arguments));
        environment = Map.copyOf(Check.notNull("environment", environment));
    }

    /** The arguments and the names of the variables; values of variables can be secrets and are left out. */
    @Override
    public String toString() {
        return "Launch[arguments=" + arguments + ", environment=" + environment.keySet() + ", cwd=" + cwd + "]";
    }
}
