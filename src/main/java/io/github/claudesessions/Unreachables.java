package io.github.claudesessions;

import java.lang.ref.Cleaner;

/** Finds what was dropped without being closed. */
final class Unreachables {
    private static final Cleaner CLEANER = Cleaner.create();

    private Unreachables() {}

    /** Runs {@code action}, which must not refer to {@code object}, when {@code object} is unreachable. */
    static Cleaner.Cleanable watch(Object object, Runnable action) {
        return CLEANER.register(object, action);
    }
}
