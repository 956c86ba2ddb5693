package io.github.claudesessions.message;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A command that a prompt can begin with.
 *
 * @param name name without the slash
 * @param description what it does
 * @param argumentHint what to write behind it
 * @param aliases other names; empty if absent
 * @param builtin whether it is part of the CLI, or null
 */
public record SlashCommand(
        String name,
        String description,
        String argumentHint,
        List<String> aliases,
        @Nullable Boolean builtin) {
    /** Copies the collections. */
    public SlashCommand {
        aliases = aliases == null ? List.of() : List.copyOf(aliases);
    }
}
