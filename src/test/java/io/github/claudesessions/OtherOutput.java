package io.github.claudesessions;

import io.github.claudesessions.spi.Transport;
import io.github.claudesessions.testing.ForwardingTransport;
import java.io.InputStream;

/** A process of a fake that is read in another way. */
record OtherOutput(Transport other, InputStream stdout) implements ForwardingTransport {}
