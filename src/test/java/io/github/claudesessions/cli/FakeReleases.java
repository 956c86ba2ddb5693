package io.github.claudesessions.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A release host on loopback with one small binary, which can be told to misbehave. */
final class FakeReleases implements AutoCloseable {
    static final String PLATFORM = "linux-x64";

    final TestRelease release;
    /** The Range header of each request for the binary, or "whole". */
    final List<String> downloads = new CopyOnWriteArrayList<>();
    /** Requests for the binary that are answered with this many bytes only and then cut; consumed one by one. */
    final Queue<Integer> cuts = new ConcurrentLinkedQueue<>();

    volatile byte[] content;
    volatile String listedChecksum;
    volatile boolean signInPage;
    volatile int binaryStatus = 200;
    volatile int hangAfter = -1;
    volatile boolean redirectForEver;
    final CountDownLatch hanging = new CountDownLatch(1);
    private final CountDownLatch closing = new CountDownLatch(1);

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    FakeReleases() throws IOException {
        this(TestRelease.ofSize(300_000));
    }

    FakeReleases(TestRelease release) throws IOException {
        this.release = release;
        content = release.content();
        listedChecksum = release.binary().sha256();
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
        server.createContext("/r/" + release.version() + "/manifest.json", this::manifest);
        server.createContext("/r/" + release.version() + "/" + PLATFORM + "/claude", this::binary);
        server.setExecutor(threads);
        server.start();
    }

    URI base() {
        return URI.create("http://localhost:" + server.getAddress().getPort() + "/r/");
    }

    private void manifest(HttpExchange exchange) throws IOException {
        try (exchange) {
            String page = "<html>sign in</html>";
            byte[] body = (signInPage
                            ? page
                            : "{\"version\":\"x\",\"platforms\":{\"" + PLATFORM + "\":{\"checksum\":\"" + listedChecksum
                                    + "\"}}}")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private void binary(HttpExchange exchange) throws IOException {
        try (exchange) {
            String range = exchange.getRequestHeaders().getFirst("Range");
            downloads.add(range == null ? "whole" : range);
            if (redirectForEver) {
                exchange.getResponseHeaders()
                        .set("Location", exchange.getRequestURI().getPath() + "x");
                exchange.sendResponseHeaders(302, -1);
                return;
            }
            if (binaryStatus != 200) {
                exchange.sendResponseHeaders(binaryStatus, -1);
                return;
            }
            int from = range == null ? 0 : Integer.parseInt(range.substring("bytes=".length(), range.length() - 1));
            byte[] rest = Arrays.copyOfRange(content, from, content.length);
            exchange.sendResponseHeaders(range == null ? 200 : 206, rest.length);
            OutputStream out = exchange.getResponseBody();
            Integer cut = cuts.poll();
            if (cut != null) {
                out.write(rest, 0, cut);
                out.flush();
                return; // closing the exchange early cuts the connection
            }
            if (hangAfter >= 0) {
                out.write(rest, 0, hangAfter);
                out.flush();
                hanging.countDown();
                closing.await();
                return;
            }
            out.write(rest);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
