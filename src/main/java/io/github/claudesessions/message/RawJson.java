package io.github.claudesessions.message;

import io.github.claudesessions.internal.Check;
import io.github.claudesessions.internal.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;

/**
 * The JSON object that a message was read from, byte for byte, with every field that this version of the library has
 * no accessor for. It is parsed anew by each call, and not before one. Immutable and safe for use by several threads.
 */
public final class RawJson {
    private final byte[] utf8;

    private RawJson(byte[] utf8) {
        this.utf8 = utf8;
    }

    /** The JSON object in {@code json}. It is not checked until it is read. */
    public static RawJson of(String json) {
        return new RawJson(Check.notNull("json", json).getBytes(StandardCharsets.UTF_8));
    }

    /** The JSON object in {@code utf8}, which is kept, not copied: the caller must not change the array afterwards. */
    public static RawJson ofUtf8(byte[] utf8) {
        return new RawJson(Check.notNull("utf8", utf8));
    }

    /** All fields, nested objects as maps and arrays as lists, in the order of the line. */
    public Map<String, Object> toMap() {
        return Json.map(utf8);
    }

    /**
     * The fields bound to {@code type}, a record or a bean; fields that the type does not have are ignored.
     *
     * @throws IllegalArgumentException if the JSON does not fit the type
     */
    public <T> T as(Class<T> type) {
        return Json.bind(toMap(), type);
    }

    /** How many bytes of UTF-8 this is. */
    public int size() {
        return utf8.length;
    }

    /** A copy of the bytes. */
    public byte[] toUtf8() {
        return utf8.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RawJson that && Arrays.equals(utf8, that.utf8);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(utf8);
    }

    /** The JSON text. It can contain prompts and secrets: do not log it. */
    @Override
    public String toString() {
        return new String(utf8, StandardCharsets.UTF_8);
    }
}
