package io.github.claudesessions.control;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What rewinding the files to an earlier prompt did, or would do. Source: {@code rewind_files}.
 *
 * @param canRewind whether it is possible
 * @param error why not, or null
 * @param filesChanged the files that change; known only from a dry run
 * @param insertions how many lines come back; known only from a dry run
 * @param deletions how many lines go; known only from a dry run
 */
public record Rewind(
        boolean canRewind, @Nullable String error, List<String> filesChanged, int insertions, int deletions) {
    /** Copies the list. */
    public Rewind {
        filesChanged = Copies.list(filesChanged);
    }
}
