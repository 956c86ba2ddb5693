package io.github.claudesessions.control;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of what {@code /status} shows. Source: {@code get_status}.
 *
 * @param title its title
 * @param rows its rows
 */
public record StatusSection(String title, List<Row> rows) {
    /** Copies the list. */
    public StatusSection {
        title = Copies.text(title);
        rows = Copies.list(rows);
    }

    /**
     * A row.
     *
     * @param label what it tells, or null
     * @param value what it is
     */
    public record Row(@Nullable String label, String value) {
        /** Fills in what the wire left out. */
        public Row {
            value = Copies.text(value);
        }
    }
}
