package io.github.claudesessions;

import io.github.claudesessions.DoctorReport.Finding;
import io.github.claudesessions.DoctorReport.Status;
import io.github.claudesessions.error.SessionInterruptedException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Whether the API's address, or the proxy before it, takes a TCP connection. Only host and port are ever shown. */
final class NetworkCheck {
    private static final String NAME = "network";

    private NetworkCheck() {}

    static Finding of(Map<String, String> environment, Duration limit) {
        String base = environment.getOrDefault("ANTHROPIC_BASE_URL", "");
        URI api = uri(base.isEmpty() ? "https://api.anthropic.com" : base);
        if (api == null) {
            return failed("ANTHROPIC_BASE_URL is no address", "It must be such as https://api.example.com.");
        }
        URI proxy = proxy(api, environment);
        return proxy == null
                ? connect(api, shown(api), limit)
                : connect(proxy, "proxy " + shown(proxy) + " to " + shown(api), limit);
    }

    /** The proxy that the CLI would use; a NO_PROXY that names the host is the only form of it that is looked at. */
    private static @Nullable URI proxy(URI api, Map<String, String> environment) {
        boolean none = Stream.of("NO_PROXY", "no_proxy")
                .map(name -> environment.getOrDefault(name, ""))
                .flatMap(value -> Stream.of(value.split("[,\\s]+")))
                .anyMatch(entry -> entry.equals("*") || entry.equals(api.getHost()));
        String scheme = "https".equals(api.getScheme()) ? "https_proxy" : "http_proxy";
        return none
                ? null
                : Stream.of(scheme, scheme.toUpperCase(Locale.ROOT))
                        .map(name -> environment.getOrDefault(name, ""))
                        .filter(value -> !value.isEmpty())
                        .findFirst()
                        .map(NetworkCheck::uri)
                        .orElse(null);
    }

    private static @Nullable URI uri(String text) {
        try {
            URI uri = URI.create(text.strip());
            return uri.getHost() == null ? null : uri;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static String shown(URI uri) {
        return uri.getHost() + ":" + port(uri);
    }

    private static int port(URI uri) {
        return uri.getPort() > 0 ? uri.getPort() : "http".equals(uri.getScheme()) ? 80 : 443;
    }

    /** On a thread of its own: looking up a name has no limit. */
    private static Finding connect(URI uri, String shown, Duration limit) {
        int millis = (int) Math.min(Integer.MAX_VALUE, Math.max(1, limit.toMillis()));
        String host = uri.getHost().replaceAll("[\\[\\]]", "");
        FutureTask<Boolean> attempt = new FutureTask<>(() -> {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(host, port(uri)), millis);
                return socket.isConnected();
            }
        });
        Thread.ofPlatform().daemon().name("claude-sessions-doctor").start(attempt);
        String advice = "The CLI needs a way to it: look at the firewall, HTTPS_PROXY and ANTHROPIC_BASE_URL.";
        try {
            attempt.get(limit.toMillis(), TimeUnit.MILLISECONDS);
            return new Finding(NAME, Status.OK, shown, "");
        } catch (TimeoutException e) {
            return failed(shown + ": no answer within " + limit.toMillis() + " ms", advice);
        } catch (ExecutionException e) {
            return failed(shown + ": " + why(e.getCause()), advice);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SessionInterruptedException("Interrupted while connecting to " + shown + ".", e);
        }
    }

    private static String why(@Nullable Throwable cause) {
        return cause instanceof UnknownHostException
                ? "unknown host"
                : cause == null ? "no connection" : String.valueOf(cause.getMessage());
    }

    private static Finding failed(String value, String advice) {
        return new Finding(NAME, Status.FAILED, value, advice);
    }
}
