package io.github.claudesessions.message;

import java.util.Map;

/**
 * Who caused a prompt or a turn, other than the host's own prompt.
 *
 * @param kind who it was
 * @param fields all fields, {@code kind} included
 */
public record Origin(OriginKind kind, Map<String, Object> fields) {
    /** Copies the collections. */
    public Origin {
        fields = Copies.map(fields);
    }
}
