package io.github.claudesessions.testing;

import io.github.claudesessions.internal.Check;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A small HTTP/1.1 server on the loopback address, with a virtual thread for accepting and one for each connection. The
 * JDK's own server neither turns Nagle's algorithm off (short of a property of the whole JVM) nor drops a connection midway.
 */
final class LoopbackHttp implements AutoCloseable {
    /** Answers one request; runs on the thread of its connection. */
    interface Handler {
        void handle(HttpExchange exchange) throws IOException, InterruptedException;
    }

    private static final Logger log = LoggerFactory.getLogger(LoopbackHttp.class);
    private static final int BACKLOG = 1024;
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(1);

    private final ServerSocket server;
    private final Handler handler;
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads;

    private LoopbackHttp(ServerSocket server, Handler handler) {
        this.server = server;
        this.handler = Check.notNull("handler", handler);
        this.threads = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("fake-anthropic-api-", 0).factory());
    }

    static LoopbackHttp start(Handler handler) {
        try {
            ServerSocket server = new ServerSocket();
            server.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0), BACKLOG);
            LoopbackHttp http = new LoopbackHttp(server, handler);
            http.threads.execute(http::accept);
            return http;
        } catch (IOException e) {
            throw new UncheckedIOException("no port of the loopback address can be opened", e);
        }
    }

    int port() {
        return server.getLocalPort();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                connections.add(socket);
                if (server.isClosed()) {
                    quietly(socket);
                    return;
                }
                threads.execute(() -> serve(socket));
            } catch (IOException | RejectedExecutionException e) {
                if (!server.isClosed()) {
                    log.debug("a connection was not accepted", e);
                }
            }
        }
    }

    private void serve(Socket socket) {
        try (socket;
                InputStream in = new BufferedInputStream(socket.getInputStream());
                OutputStream out = socket.getOutputStream()) {
            socket.setTcpNoDelay(true);
            for (HttpHead head = HttpHead.read(in); head != null; head = HttpHead.read(in)) {
                if (head.expectsContinue()) {
                    out.write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
                }
                handler.handle(new HttpExchange(socket, out, head, head.readBody(in)));
                if (!head.keepAlive()) {
                    return;
                }
            }
        } catch (HttpExchange.Dropped e) {
            // as scripted
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException | RuntimeException e) {
            log.debug("a connection ended early", e);
        } finally {
            connections.remove(socket);
        }
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            log.debug("the server socket did not close", e);
        }
        connections.forEach(LoopbackHttp::quietly);
        threads.shutdownNow();
        try {
            if (!threads.awaitTermination(CLOSE_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                log.debug("a handler goes on after close");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void quietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            log.debug("a connection did not close", e);
        }
    }
}
