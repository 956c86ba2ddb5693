package io.github.claudesessions.hook;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A file of instructions was loaded. Hook event {@code InstructionsLoaded}.
 *
 * @param context what is known at every event
 * @param filePath the file
 * @param memoryType whose instructions
 * @param loadReason why
 * @param globs patterns of paths that the file is about; empty if absent
 * @param triggerFilePath the file that made it be loaded, or null
 * @param parentFilePath the file that includes it, or null
 */
public record InstructionsLoadedInput(
        HookContext context,
        String filePath,
        MemoryType memoryType,
        LoadReason loadReason,
        List<String> globs,
        @Nullable String triggerFilePath,
        @Nullable String parentFilePath)
        implements HookInput {
    /** Copies the collections. */
    public InstructionsLoadedInput {
        globs = List.copyOf(globs);
    }
}
