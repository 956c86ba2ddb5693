package io.github.claudesessions.mcp;

import io.github.claudesessions.internal.Check;
import io.github.claudesessions.tool.MountedServer;
import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.json.TypeRef;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpServerSession;
import io.modelcontextprotocol.spec.McpServerTransport;
import io.modelcontextprotocol.spec.McpServerTransportProvider;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Connects a server of the official MCP SDK with sessions of this JVM: build the server on a provider, and give the
 * provider to the sessions.
 *
 * {@snippet file="io/github/claudesessions/functional/MountedServerTest.java" region="mounted"}
 *
 * <p>Many sessions may use one server; each is a client of its own. With {@code immediateExecution(true)} a synchronous
 * server's handlers run on virtual threads of the session: then as many calls as come run in parallel, and a handler
 * that asks its own session is refused instead of waiting for itself. A call that is cancelled or takes too long
 * interrupts its handler. Thread-safe.
 */
public final class ClaudeTransportProvider implements McpServerTransportProvider, MountedServer {
    private static final TypeRef<Map<String, Object>> MAP = new TypeRef<>() {};

    /** Sending waits, and so may everything that is done with what was received. */
    private static final Scheduler SENDERS = Schedulers.fromExecutor(
            task -> Thread.ofVirtual().name("claude-sessions-mcp").start(task));

    private final McpJsonMapper mapper;
    private final Duration timeLimit;
    private final Map<String, McpServerSession> sessions = new ConcurrentHashMap<>();
    private volatile McpServerSession.@Nullable Factory factory;

    /** A provider whose calls may take {@link MountedServer#DEFAULT_TIME_LIMIT}. */
    public ClaudeTransportProvider() {
        this(DEFAULT_TIME_LIMIT);
    }

    /**
     * A provider.
     *
     * @param timeLimit how long one call of a tool may take, at most 7 days
     * @throws java.util.ServiceConfigurationError if the class path has no JSON module of the SDK
     */
    public ClaudeTransportProvider(Duration timeLimit) {
        this.mapper = McpJsonDefaults.getMapper();
        this.timeLimit = Check.positive("timeLimit", timeLimit);
        Check.that(timeLimit.compareTo(Duration.ofDays(7)) <= 0, "timeLimit must be at most 7 days, was %s", timeLimit);
    }

    @Override
    public Duration timeLimit() {
        return timeLimit;
    }

    /** Called by the SDK when a server is built on this provider. */
    @Override
    public void setSessionFactory(McpServerSession.Factory sessionFactory) {
        factory = sessionFactory;
    }

    /**
     * Called by each session.
     *
     * @throws IllegalStateException if no server has been built on this provider
     */
    @Override
    public Connection connect(Client client) {
        McpServerSession.Factory known = factory;
        if (known == null) {
            throw new IllegalStateException("no server was built on this provider: McpServer.sync(provider)…build()");
        }
        McpServerSession session = known.create(new Transport(mapper, client));
        sessions.put(session.getId(), session);
        return new Connection() {
            @Override
            public void receive(Map<String, Object> message) {
                McpSchema.JSONRPCMessage decoded = decode(message);
                if (decoded != null) {
                    session.handle(decoded).block();
                }
            }

            @Override
            public void close() {
                sessions.remove(session.getId());
                session.close();
            }
        };
    }

    /** A message as the SDK has it; null for the one that it does not know and that an interruption says as well. */
    private McpSchema.@Nullable JSONRPCMessage decode(Map<String, Object> message) {
        if (!message.containsKey("method")) {
            return mapper.convertValue(message, McpSchema.JSONRPCResponse.class);
        }
        if (message.containsKey("id")) {
            return mapper.convertValue(message, McpSchema.JSONRPCRequest.class);
        }
        return "notifications/cancelled".equals(message.get("method"))
                ? null
                : mapper.convertValue(message, McpSchema.JSONRPCNotification.class);
    }

    @Override
    public Mono<Void> notifyClients(String method, Object params) {
        return toAll(session -> session.sendNotification(method, params));
    }

    @Override
    public Mono<Void> notifyClient(String sessionId, String method, Object params) {
        return Mono.defer(() -> {
            McpServerSession session = sessions.get(sessionId);
            return session == null ? Mono.empty() : session.sendNotification(method, params);
        });
    }

    /** Ends the server's connections. Sessions go on, without its tools. */
    @Override
    public Mono<Void> closeGracefully() {
        return toAll(McpServerSession::closeGracefully).then(Mono.fromRunnable(sessions::clear));
    }

    @Override
    public void close() {
        closeGracefully().subscribe();
    }

    private Mono<Void> toAll(Function<McpServerSession, Mono<Void>> action) {
        return Flux.defer(() -> Flux.fromIterable(List.copyOf(sessions.values())))
                .flatMap(session -> action.apply(session).onErrorComplete())
                .then();
    }

    /** One session's. */
    private record Transport(McpJsonMapper mapper, Client client) implements McpServerTransport {
        @Override
        public Mono<Void> sendMessage(McpSchema.JSONRPCMessage message) {
            return Mono.<Void>fromRunnable(() -> client.send(mapper.convertValue(message, MAP)))
                    .subscribeOn(SENDERS);
        }

        @Override
        public <T> T unmarshalFrom(Object data, TypeRef<T> type) {
            return mapper.convertValue(data, type);
        }

        @Override
        public Mono<Void> closeGracefully() {
            return Mono.empty();
        }

        @Override
        public void close() {}
    }
}
