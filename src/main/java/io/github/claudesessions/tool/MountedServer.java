package io.github.claudesessions.tool;

import java.time.Duration;
import java.util.Map;

/**
 * An MCP server of this JVM that speaks the protocol itself, such as one of the official MCP SDK:
 * {@link io.github.claudesessions.mcp.ClaudeTransportProvider} makes it one. A {@link ToolServer} is simpler where tools
 * are all that is wanted.
 *
 * <p>Messages are those of JSON-RPC as JSON values: {@code jsonrpc}, {@code id}, {@code method}, {@code params},
 * {@code result}, {@code error}. The CLI announces no capabilities of a client, so that a server can't sample, elicit or
 * list roots; it can notify and ping. The tools that the server lists are offered to the model from the first turn on,
 * unless the server itself says {@code "anthropic/alwaysLoad": false} in a tool's {@code _meta}.
 *
 * <p>Any thread may call a server and what it hands out, also several at once; many sessions may use one server.
 */
@FunctionalInterface
public interface MountedServer {
    /** The limit for one call of a tool where a server has none of its own. */
    Duration DEFAULT_TIME_LIMIT = Duration.ofMinutes(10);

    /**
     * A new connection for one session, before its {@code initialize}. A session that connects the server anew closes
     * the connection before.
     */
    Connection connect(Client client);

    /** How long one call of a tool may take: then the model is told that it failed. Default: 10 minutes. */
    default Duration timeLimit() {
        return DEFAULT_TIME_LIMIT;
    }

    /** The session, as a server sees it. */
    @FunctionalInterface
    interface Client {
        /**
         * Takes a message of the server: the response to a request, a notification, a request of its own. Returns when
         * the CLI has taken it; a response that nobody waits for is dropped.
         *
         * @throws io.github.claudesessions.error.ClaudeException if the CLI refuses the message or is gone
         */
        void send(Map<String, ?> message);
    }

    /** The server, as one session sees it. */
    @FunctionalInterface
    interface Connection extends AutoCloseable {
        /**
         * Takes a message of the session: a request, a notification, the response to a request of the server. It comes
         * on a virtual thread of its own, which may be used for as long as it takes to answer, and which is interrupted
         * when the answer is not wanted any more. What is thrown becomes the answer to a request.
         */
        void receive(Map<String, Object> message) throws Exception;

        /** The session is over. */
        @Override
        default void close() {}
    }
}
