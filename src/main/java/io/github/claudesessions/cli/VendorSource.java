package io.github.claudesessions.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.google.errorprone.annotations.Var;
import io.github.claudesessions.internal.json.Json;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The vendor's release host. A download that was cut, also by the death of its process, goes on where it stopped. The
 * manifest is asked first: it is small, so it shows quickly whether the host can be reached and has the same file.
 */
final class VendorSource implements BinarySource {
    static final URI RELEASES = URI.create("https://downloads.claude.ai/claude-code-releases/");
    static final Duration STALL = Duration.ofSeconds(60);
    static final String PARTIAL = Order.TEMPORARY + "download";

    private static final Duration CONNECT = Duration.ofSeconds(3);
    private static final Duration MANIFEST = Duration.ofSeconds(10);
    private static final long TICK_MILLIS = 200;
    private static final int ATTEMPTS = 5;

    private final URI base;
    private final Duration stall;

    VendorSource(URI base, Duration stall) {
        this.base = base;
        this.stall = stall;
    }

    @Override
    public String name() {
        return "the release host " + base.getHost();
    }

    @Override
    public Path fetch(Order order) throws IOException, InterruptedException {
        HttpClient client = HttpClient.newBuilder()
                .connectTimeout(CONNECT)
                .followRedirects(HttpClient.Redirect.NORMAL) // at most five, never from https to http
                .build();
        try {
            checkManifest(client, order);
            return download(client, order);
        } finally {
            client.shutdownNow();
        }
    }

    private void checkManifest(HttpClient client, Order order) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(base.resolve(order.version() + "/manifest.json"))
                .timeout(MANIFEST)
                .build();
        CompletableFuture<HttpResponse<byte[]>> reply = client.sendAsync(request, BodyHandlers.ofByteArray());
        HttpResponse<byte[]> response;
        try {
            response = reply.get(MANIFEST.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new IOException("it did not answer within " + MANIFEST.toSeconds() + " s", e);
        } catch (ExecutionException e) {
            throw unreachable(e);
        } finally {
            reply.cancel(true);
        }
        if (response.statusCode() != 200) {
            throw new IOException("it answered with status " + response.statusCode());
        }
        JsonNode listed =
                parse(response.body()).path("platforms").path(order.platform()).path("checksum");
        if (!listed.asText().equalsIgnoreCase(order.binary().sha256())) {
            throw new IOException("it lists another checksum than this library knows");
        }
    }

    private static JsonNode parse(byte[] manifest) throws IOException {
        try {
            return Json.parse(manifest, 0, manifest.length);
        } catch (JsonProcessingException e) {
            throw new IOException("it answered with something that is not a manifest, as a sign-in page would be", e);
        }
    }

    private Path download(HttpClient client, Order order) throws IOException, InterruptedException {
        Path partial = order.folder().resolve(PARTIAL);
        @Var IOException last = new IOException("it sent nothing");
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            long have = size(partial);
            if (have == order.binary().size()) {
                return partial;
            }
            if (have > order.binary().size()) {
                Files.delete(partial);
            }
            try {
                int status = request(client, order, partial);
                if (status == 416) {
                    Files.deleteIfExists(partial);
                } else if (status != 200 && status != 206) {
                    throw new IOException("it answered with status " + status);
                }
                last = new IOException(
                        "it sent " + size(partial) + " of " + order.binary().size() + " bytes");
            } catch (IOException e) {
                last = e;
                boolean stopped = e.getCause() instanceof TimeoutException;
                if (stopped || size(partial) <= have) {
                    throw e; // another attempt could meet the late bytes of this one, or would gain no more than it
                }
            }
        }
        if (size(partial) == order.binary().size()) {
            return partial;
        }
        throw last;
    }

    private int request(HttpClient client, Order order, Path partial) throws IOException, InterruptedException {
        String file = order.version() + "/" + order.platform() + "/" + order.fileName();
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(file));
        long have = size(partial);
        if (have > 0) {
            request.header("Range", "bytes=" + have + "-");
        }
        CompletableFuture<HttpResponse<Path>> reply = client.sendAsync(request.build(), intoFile(partial));
        try {
            return watch(reply, order, partial);
        } finally {
            reply.cancel(true);
        }
    }

    /** Waits for the end of the body; what has come is seen in the size of the file. */
    private int watch(CompletableFuture<HttpResponse<Path>> reply, Order order, Path partial)
            throws IOException, InterruptedException {
        @Var long seen = -1;
        @Var long since = System.nanoTime();
        while (true) {
            try {
                int status = reply.get(TICK_MILLIS, TimeUnit.MILLISECONDS).statusCode();
                order.downloaded(size(partial));
                return status;
            } catch (TimeoutException e) {
                long now = size(partial);
                order.downloaded(now);
                if (now > order.binary().size()) {
                    throw new IOException(
                            "it sends more than the " + order.binary().size() + " bytes expected", e);
                }
                if (now != seen) {
                    seen = now;
                    since = System.nanoTime();
                } else if (System.nanoTime() - since > stall.toNanos()) {
                    throw new IOException("it sent nothing for " + stall.toSeconds() + " s", e);
                }
            } catch (ExecutionException e) {
                throw unreachable(e);
            }
        }
    }

    private static BodyHandler<Path> intoFile(Path partial) {
        BodyHandler<Path> anew = BodyHandlers.ofFile(
                partial, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
        BodyHandler<Path> goOn = BodyHandlers.ofFile(partial, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
        return response -> switch (response.statusCode()) {
            case 200 -> anew.apply(response);
            case 206 -> goOn.apply(response);
            default -> BodySubscribers.replacing(partial);
        };
    }

    private static IOException unreachable(ExecutionException e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        if (cause instanceof ConnectException || cause instanceof java.net.http.HttpConnectTimeoutException) {
            return new IOException("it can't be reached", cause);
        }
        return new IOException("it failed: " + cause, cause);
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            return 0;
        }
    }
}
