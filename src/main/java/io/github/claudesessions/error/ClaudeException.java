package io.github.claudesessions.error;

import org.jspecify.annotations.Nullable;

/**
 * The root of every exception that this library throws for a reason outside the calling code. Bad arguments are
 * {@link IllegalArgumentException} and {@link NullPointerException}, as in the JDK. Messages never contain prompts,
 * environment values or secrets; what could contain them (a stderr tail, a raw line) is a field.
 */
@SuppressWarnings("serial") // exceptions of this library are not meant to be serialised
public abstract class ClaudeException extends RuntimeException {
    ClaudeException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
