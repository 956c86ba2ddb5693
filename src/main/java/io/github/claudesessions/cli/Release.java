package io.github.claudesessions.cli;

import java.util.Map;
import java.util.Optional;

/**
 * One version of the CLI: what its binaries must be. These values decide, whatever a host says.
 *
 * @param version the version
 * @param binaries by platform
 */
record Release(String version, Map<String, Binary> binaries) {
    /**
     * One file.
     *
     * @param sha256 in lower-case hexadecimal
     * @param size in bytes
     */
    record Binary(String sha256, long size) {}

    static final Release PINNED = new Release(
            ClaudeCli.PINNED_VERSION,
            Map.of(
                    "darwin-arm64",
                            new Binary(
                                    "f7c5093b9dd6560d08af28bc27b123fb55091deae3180ac39df199522da86815", 363_855_808L),
                    "darwin-x64",
                            new Binary(
                                    "bbed99bb8a39bb3f94389c5c99d3d02cb75f3f983b5d1bc40b1b0d1efca84713", 378_707_584L),
                    "linux-arm64",
                            new Binary(
                                    "6016f90cac783e367fb1aa97c768a2efb94a0128a5b46b70fb3d8fcbbd9dd444", 379_971_000L),
                    "linux-x64",
                            new Binary(
                                    "f390eaa0814e6a1bff74cbb47acb74cb9c89d30ced809fe0af5af00c7bfe8ebb", 381_121_040L),
                    "linux-arm64-musl",
                            new Binary(
                                    "986b83557cbd428273c37f35fc08a44fc786077deeb391660884833bc581348a", 365_065_160L),
                    "linux-x64-musl",
                            new Binary(
                                    "510d57bbf077b49288b9f3b53b11324048f4c2da5dcb980563be82534980d621", 367_484_168L),
                    "win32-x64",
                            new Binary(
                                    "fa797c1bc7d4a3511da42622bae53a2b7f1276ae328c668f2bfef44635301caa", 387_754_656L),
                    "win32-arm64",
                            new Binary(
                                    "782519c6241a2bedfd4c0d225d59d5095b895037ae7cd2a14a12f5bc5dcba1c3", 369_760_416L)));

    Release {
        binaries = Map.copyOf(binaries);
    }

    Optional<Binary> binary(String platform) {
        return Optional.ofNullable(binaries.get(platform));
    }
}
