package io.github.claudesessions;

/** A listener that is registered somewhere. */
@FunctionalInterface
public interface Registration extends AutoCloseable {
    /** Removes the listener; it may still be told what was on its way. Idempotent. */
    @Override
    void close();
}
