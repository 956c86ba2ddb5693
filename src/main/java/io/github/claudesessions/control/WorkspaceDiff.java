package io.github.claudesessions.control;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What differs in the working directory from what its repository has. Source: {@code get_workspace_diff}; the lines
 * themselves are in the answer to {@code control("get_workspace_diff", Map.of())}.
 *
 * @param diff the difference, or null if there is no saying
 * @param noDiffReason why not, such as {@code no-repository}, or null
 */
public record WorkspaceDiff(@Nullable Diff diff, @Nullable String noDiffReason) {
    /**
     * A difference.
     *
     * @param stats how large it is
     * @param perFileStats the files
     */
    public record Diff(Stats stats, List<FileStats> perFileStats) {
        /** Copies the list. */
        @SuppressWarnings("ConstantValue") // the wire may leave anything out
        public Diff {
            stats = stats == null ? new Stats(0, 0, 0) : stats;
            perFileStats = Copies.list(perFileStats);
        }
    }

    /**
     * How large a difference is.
     *
     * @param filesCount how many files
     * @param linesAdded how many lines are new
     * @param linesRemoved how many lines are gone
     */
    public record Stats(int filesCount, int linesAdded, int linesRemoved) {}

    /**
     * A file that differs.
     *
     * @param path its path
     * @param added how many lines are new
     * @param removed how many lines are gone
     * @param isBinary whether it has no lines
     * @param isUntracked whether the repository does not know it
     * @param status {@code added}, {@code modified}, {@code removed}, {@code renamed}, {@code copied}, or null
     */
    public record FileStats(
            String path,
            int added,
            int removed,
            boolean isBinary,
            boolean isUntracked,
            @Nullable String status) {
        /** Fills in what the wire left out. */
        public FileStats {
            path = Copies.text(path);
        }
    }
}
