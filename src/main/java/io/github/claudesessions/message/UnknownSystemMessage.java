package io.github.claudesessions.message;

import org.jspecify.annotations.Nullable;

/**
 * A system message of a subtype that this version of the library does not know.
 *
 * @param subtype the wire subtype; empty if there is none
 */
public record UnknownSystemMessage(
        @Nullable String uuid, @Nullable String sessionId, RawJson raw, String subtype) implements SystemMessage {}
