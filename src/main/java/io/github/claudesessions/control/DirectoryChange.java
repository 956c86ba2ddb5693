package io.github.claudesessions.control;

import org.jspecify.annotations.Nullable;

/**
 * Whether the session works in another folder now. Source: {@code set_cwd}.
 *
 * @param status {@code ok}, {@code needs_trust} or {@code rejected}
 * @param cwd the folder that it works in, or null
 * @param changed whether that is another one than before
 * @param transcriptRelocated whether the transcript is kept with the new folder now
 * @param directory the folder that has to be trusted first, or null
 * @param reason why it was rejected, such as {@code not_found} or {@code busy}, or null
 * @param message the same for people, or null
 */
public record DirectoryChange(
        String status,
        @Nullable String cwd,
        boolean changed,
        boolean transcriptRelocated,
        @Nullable String directory,
        @Nullable String reason,
        @Nullable String message) {
    /** Fills in what the wire left out. */
    public DirectoryChange {
        status = Copies.text(status);
    }

    /** Whether the session works in the folder that was asked for. */
    public boolean ok() {
        return status.equals("ok");
    }
}
