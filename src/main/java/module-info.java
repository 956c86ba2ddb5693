/** Typed, supervised, streaming conversations with Claude Code, embedded in a Java application. */
module io.github.claudesessions {
    requires com.fasterxml.jackson.databind;
    requires java.net.http;
    requires org.slf4j;
    requires static com.google.errorprone.annotations;
    requires static io.modelcontextprotocol.sdk.mcp.core;
    requires static java.management;
    requires static jdk.jfr;
    requires static micrometer.core;
    requires static org.jspecify;
    requires static org.reactivestreams;
    requires static reactor.core;

    exports io.github.claudesessions;
    exports io.github.claudesessions.cli;
    exports io.github.claudesessions.control;
    exports io.github.claudesessions.dialog;
    exports io.github.claudesessions.elicitation;
    exports io.github.claudesessions.error;
    exports io.github.claudesessions.hook;
    exports io.github.claudesessions.mcp;
    exports io.github.claudesessions.message;
    exports io.github.claudesessions.micrometer;
    exports io.github.claudesessions.permission;
    exports io.github.claudesessions.schema;
    exports io.github.claudesessions.spi;
    exports io.github.claudesessions.testing;
    exports io.github.claudesessions.tool;
}
