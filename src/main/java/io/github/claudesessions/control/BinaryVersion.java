package io.github.claudesessions.control;

import org.jspecify.annotations.Nullable;

/**
 * Which CLI runs. Source: {@code get_binary_version}.
 *
 * @param version its version
 * @param buildTime when it was built, in ISO 8601, or null
 */
public record BinaryVersion(String version, @Nullable String buildTime) {
    /** Fills in what the wire left out. */
    public BinaryVersion {
        version = Copies.text(version);
    }
}
