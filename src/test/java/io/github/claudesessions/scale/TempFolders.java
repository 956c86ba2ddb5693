package io.github.claudesessions.scale;

import java.nio.file.Path;

/** Has this JVM make its temporary files where a test can count them. */
final class TempFolders {
    private static final String PROPERTY = "java.io.tmpdir";

    private final String before = System.getProperty(PROPERTY);

    void use(Path folder) {
        System.setProperty(PROPERTY, folder.toString());
    }

    void restore() {
        System.setProperty(PROPERTY, before);
    }
}
