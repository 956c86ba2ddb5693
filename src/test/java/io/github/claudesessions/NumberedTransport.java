package io.github.claudesessions;

import io.github.claudesessions.spi.Transport;
import io.github.claudesessions.testing.ForwardingTransport;

/** A process of a fake that has an id. */
record NumberedTransport(Transport other, long pid) implements ForwardingTransport {}
