package io.github.claudesessions;

import io.github.claudesessions.internal.Check;
import io.github.claudesessions.tool.ToolPolicy;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the CLI reaches an MCP server. Immutable. Variables and headers can be secrets: they are not printed.
 *
 * <p>{@code timeout} is the longest time for a call of a tool, from a second on, null for the CLI's own. {@code alwaysLoad} offers the
 * model the server's tools from the start; without it, it finds them by the CLI's tool search.
 */
public sealed interface McpServer {
    /** The shortest timeout of a server; the CLI ignores one that is shorter. */
    Duration SHORTEST_TIMEOUT = Duration.ofSeconds(1);

    /** The longest time for a call of a tool, or null for the CLI's own. */
    @Nullable
    Duration timeout();

    /** Whether the model is offered the tools without searching. */
    boolean alwaysLoad();

    /** What is done before a call of a tool, by the name of the tool. */
    default Map<String, ToolPolicy> toolPolicies() {
        return Map.of();
    }

    /** This server with a limit for calls of its tools. */
    McpServer timeout(Duration timeout);

    /** This server with its tools offered from the start, or not. */
    McpServer alwaysLoad(boolean alwaysLoad);

    /** A program that the CLI starts and talks to over its standard input and output. */
    static Stdio stdio(String command, String... args) {
        return new Stdio(command, Arrays.asList(args), Map.of(), null, false);
    }

    /** A server at a URL, by the older protocol of server-sent events. */
    static Sse sse(String url) {
        return new Sse(URI.create(url), Map.of(), null, false, Map.of());
    }

    /** A server at a URL, by streamable HTTP. */
    static Http http(String url) {
        return new Http(URI.create(url), Map.of(), null, false, Map.of());
    }

    /**
     * See {@link McpServer#stdio}.
     *
     * @param command the program
     * @param args its arguments; they show in the process list
     * @param env variables that it gets in addition to the CLI's
     */
    record Stdio(
            String command,
            List<String> args,
            Map<String, String> env,
            @Nullable Duration timeout,
            boolean alwaysLoad) implements McpServer {
        /** Checks and copies. */
        public Stdio {
            Check.notBlank("command", command);
            args = List.copyOf(args);
            env = Map.copyOf(env);
            checkTimeout(timeout);
        }

        /** This server with one more variable. */
        public Stdio env(String name, String value) {
            return new Stdio(command, args, with(env, name, value), timeout, alwaysLoad);
        }

        @Override
        public Stdio timeout(Duration timeout) {
            return new Stdio(command, args, env, Check.notNull("timeout", timeout), alwaysLoad);
        }

        @Override
        public Stdio alwaysLoad(boolean alwaysLoad) {
            return new Stdio(command, args, env, timeout, alwaysLoad);
        }

        @Override
        public String toString() {
            return "Stdio[" + command + ", " + args.size() + " arguments, env=" + env.keySet() + "]";
        }
    }

    /**
     * See {@link McpServer#sse}.
     *
     * @param url where it is
     * @param headers headers of each request
     * @param toolPolicies what is done before a call, by the name of the tool
     */
    record Sse(
            URI url,
            Map<String, String> headers,
            @Nullable Duration timeout,
            boolean alwaysLoad,
            Map<String, ToolPolicy> toolPolicies)
            implements McpServer {
        /** Checks and copies. */
        public Sse {
            checkUrl(url);
            headers = Map.copyOf(headers);
            toolPolicies = Map.copyOf(toolPolicies);
            checkTimeout(timeout);
        }

        /** This server with one more header. */
        public Sse header(String name, String value) {
            return new Sse(url, with(headers, name, value), timeout, alwaysLoad, toolPolicies);
        }

        /** This server with a policy for one of its tools, which goes before the rules of the session. */
        public Sse toolPolicy(String tool, ToolPolicy policy) {
            return new Sse(url, headers, timeout, alwaysLoad, with(toolPolicies, tool, policy));
        }

        @Override
        public Sse timeout(Duration timeout) {
            return new Sse(url, headers, Check.notNull("timeout", timeout), alwaysLoad, toolPolicies);
        }

        @Override
        public Sse alwaysLoad(boolean alwaysLoad) {
            return new Sse(url, headers, timeout, alwaysLoad, toolPolicies);
        }

        @Override
        public String toString() {
            return "Sse[" + url.getHost() + ", headers=" + headers.keySet() + "]";
        }
    }

    /**
     * See {@link McpServer#http}.
     *
     * @param url where it is
     * @param headers headers of each request
     * @param toolPolicies what is done before a call, by the name of the tool
     */
    record Http(
            URI url,
            Map<String, String> headers,
            @Nullable Duration timeout,
            boolean alwaysLoad,
            Map<String, ToolPolicy> toolPolicies)
            implements McpServer {
        /** Checks and copies. */
        public Http {
            checkUrl(url);
            headers = Map.copyOf(headers);
            toolPolicies = Map.copyOf(toolPolicies);
            checkTimeout(timeout);
        }

        /** This server with one more header. */
        public Http header(String name, String value) {
            return new Http(url, with(headers, name, value), timeout, alwaysLoad, toolPolicies);
        }

        /** This server with a policy for one of its tools, which goes before the rules of the session. */
        public Http toolPolicy(String tool, ToolPolicy policy) {
            return new Http(url, headers, timeout, alwaysLoad, with(toolPolicies, tool, policy));
        }

        @Override
        public Http timeout(Duration timeout) {
            return new Http(url, headers, Check.notNull("timeout", timeout), alwaysLoad, toolPolicies);
        }

        @Override
        public Http alwaysLoad(boolean alwaysLoad) {
            return new Http(url, headers, timeout, alwaysLoad, toolPolicies);
        }

        @Override
        public String toString() {
            return "Http[" + url.getHost() + ", headers=" + headers.keySet() + "]";
        }
    }

    private static void checkTimeout(@Nullable Duration timeout) {
        Check.that(
                timeout == null
                        || (timeout.compareTo(SHORTEST_TIMEOUT) >= 0 && timeout.compareTo(Rules.MAX_DURATION) <= 0),
                "timeout must be from %s to %s, was %s",
                SHORTEST_TIMEOUT,
                Rules.MAX_DURATION,
                timeout);
    }

    private static void checkUrl(URI url) {
        String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
        Check.that(
                (scheme.equals("http") || scheme.equals("https")) && url.getHost() != null,
                "url must be an absolute one of http or https, was of scheme \"%s\"",
                scheme);
    }

    private static <V> Map<String, V> with(Map<String, V> map, String name, V value) {
        Map<String, V> more = new LinkedHashMap<>(map);
        more.put(Check.notBlank("name", name), Check.notNull(name, value));
        return more;
    }
}
