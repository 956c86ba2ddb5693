package io.github.claudesessions.testing;

/** An HTTP error of the API. */
record Failure(int status, String type, String message, boolean retryable) {}
