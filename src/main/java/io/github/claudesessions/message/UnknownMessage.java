package io.github.claudesessions.message;

import org.jspecify.annotations.Nullable;

/**
 * A message of a type that this version of the library does not know, or one that it could not read.
 *
 * @param type the wire type; empty if there is none
 */
public record UnknownMessage(
        @Nullable String uuid, @Nullable String sessionId, RawJson raw, String type) implements Message {}
