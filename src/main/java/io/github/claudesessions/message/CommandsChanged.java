package io.github.claudesessions.message;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The commands changed. Wire type {@code system/commands_changed}.
 *
 * @param commands all commands
 */
public record CommandsChanged(
        @Nullable String uuid, @Nullable String sessionId, RawJson raw, List<SlashCommand> commands)
        implements SystemMessage {
    /** Copies the collections. */
    public CommandsChanged {
        commands = List.copyOf(commands);
    }
}
