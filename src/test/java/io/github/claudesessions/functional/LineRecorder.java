package io.github.claudesessions.functional;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.claudesessions.cli.ClaudeCli;
import io.github.claudesessions.internal.process.CliTransport;
import io.github.claudesessions.spi.Launch;
import io.github.claudesessions.spi.Transport;
import io.github.claudesessions.spi.TransportFactory;
import io.github.claudesessions.testing.ForwardingTransport;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Consumer;

/** Runs the CLI of this machine and hands every line that it writes to a listener, as it is. */
record LineRecorder(Consumer<String> listener) implements TransportFactory {
    @Override
    public Transport start(Launch launch) {
        return new Recording(CliTransport.start(ClaudeCli.managed().resolve(), launch, null), listener);
    }

    private record Recording(Transport other, InputStream stdout) implements ForwardingTransport {
        Recording(Transport cli, Consumer<String> listener) {
            this(cli, new Tee(cli.stdout(), listener));
        }
    }

    private static final class Tee extends FilterInputStream {
        private final Consumer<String> listener;
        private final ByteArrayOutputStream line = new ByteArrayOutputStream();

        Tee(InputStream in, Consumer<String> listener) {
            super(in);
            this.listener = listener;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int read = in.read(buffer, offset, length);
            for (int i = offset; i < offset + read; i++) {
                if (buffer[i] == '\n') {
                    listener.accept(line.toString(UTF_8));
                    line.reset();
                } else {
                    line.write(buffer[i]);
                }
            }
            return read;
        }
    }
}
