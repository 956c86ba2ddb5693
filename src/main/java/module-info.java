/** Typed, supervised, streaming conversations with Claude Code, embedded in a Java application. */
module io.github.claudesessions {
    requires com.fasterxml.jackson.databind;
    requires org.slf4j;
    requires static org.jspecify;
    requires static com.google.errorprone.annotations;
    requires java.net.http;

    exports io.github.claudesessions.error;
    exports io.github.claudesessions.message;
    exports io.github.claudesessions.spi;
    exports io.github.claudesessions.testing;
}
