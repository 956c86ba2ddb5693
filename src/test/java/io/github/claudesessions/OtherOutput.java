package io.github.claudesessions;

import io.github.claudesessions.spi.Exit;
import io.github.claudesessions.spi.Transport;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.CompletableFuture;

/** A process of a fake that is read in another way. */
record OtherOutput(Transport fake, InputStream stdout) implements Transport {
    @Override
    public OutputStream stdin() {
        return fake.stdin();
    }

    @Override
    public CompletableFuture<Exit> onExit() {
        return fake.onExit();
    }

    @Override
    public void terminate() {
        fake.terminate();
    }

    @Override
    public void kill() {
        fake.kill();
    }

    @Override
    public void release() {
        fake.release();
    }

    @Override
    public String stderrTail() {
        return fake.stderrTail();
    }

    @Override
    public long pid() {
        return fake.pid();
    }
}
