package io.github.claudesessions.cli;

import io.github.claudesessions.internal.Check;
import java.nio.file.Path;

/** Which Claude Code binary runs. */
public final class ClaudeCli {
    private final String name;

    private ClaudeCli(String name) {
        this.name = name;
    }

    /** The version this library is pinned to. */
    public static ClaudeCli managed() {
        return new ClaudeCli("managed");
    }

    /** The one on this machine. */
    public static ClaudeCli system() {
        return new ClaudeCli("system");
    }

    /** The one at {@code path}. */
    public static ClaudeCli at(Path path) {
        return new ClaudeCli(Check.notNull("path", path).toString());
    }

    /** The executable. */
    public Path resolve() {
        return Path.of(name);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ClaudeCli that && name.equals(that.name);
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }

    @Override
    public String toString() {
        return name;
    }
}
