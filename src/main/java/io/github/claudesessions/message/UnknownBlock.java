package io.github.claudesessions.message;

import java.util.Map;

/**
 * A block that this version of the library does not know.
 *
 * @param type the wire type; empty if there is none
 * @param fields all fields, {@code type} included; if it is no object, the field {@code value} has it
 */
public record UnknownBlock(String type, Map<String, Object> fields) implements ContentBlock {
    /** Copies the collections. */
    public UnknownBlock {
        fields = Copies.map(fields);
    }
}
