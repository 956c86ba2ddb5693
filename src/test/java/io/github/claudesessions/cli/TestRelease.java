package io.github.claudesessions.cli;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** A small binary that can really be run: a script, filled up with a comment. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record TestRelease(String version, byte[] content, Release.Binary binary) {

    static TestRelease ofSize(int size) {
        byte[] script = "#!/bin/sh\necho '9.9.9 (Claude Code)'\nexit 0\n#".getBytes(StandardCharsets.UTF_8);
        byte[] content = Arrays.copyOf(script, size);
        for (int i = script.length; i < size; i++) {
            content[i] = (byte) ('a' + i % 26);
        }
        return new TestRelease("9.9.9", content, new Release.Binary(sha256(content), size));
    }

    Release release() {
        return release(version, binary);
    }

    static Release release(String version, Release.Binary binary) {
        return new Release(version, Map.of(FakeReleases.PLATFORM, binary));
    }

    Path file(Path base) {
        return base.resolve(version).resolve(FakeReleases.PLATFORM).resolve("claude");
    }

    ManagedInstall install(Path base, BinarySource... sources) {
        return new ManagedInstall(base, release(), FakeReleases.PLATFORM, List.of(sources));
    }

    static BinarySource vendor(FakeReleases server) {
        return new VendorSource(server.base(), Duration.ofSeconds(30));
    }

    private static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
