package io.github.claudesessions.elicitation;

import io.github.claudesessions.internal.Check;
import io.github.claudesessions.internal.Frozen;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What an MCP server asks of the user. Wire type {@code elicitation}. */
public sealed interface ElicitationRequest {
    /** Name of the server that asks. */
    String serverName();

    /** The question, written by the server. */
    String message();

    /** Texts that the server proposes for a dialog. */
    Display display();

    /** The whole request, with fields that this version of the library has no accessor for. */
    Map<String, Object> raw();

    /** A form as an application's own tests need it. */
    static Form form(String serverName, String message, Map<String, ?> requestedSchema) {
        Map<String, Object> schema = Frozen.map(requestedSchema);
        return new Form(
                serverName,
                message,
                schema,
                Display.NONE,
                Map.of("mcp_server_name", serverName, "message", message, "mode", "form", "requested_schema", schema));
    }

    /** A page as an application's own tests need it. */
    static Url url(String serverName, String message, String url) {
        Map<String, Object> raw = Map.of("mcp_server_name", serverName, "message", message, "mode", "url", "url", url);
        return new Url(serverName, message, url, "", Display.NONE, raw);
    }

    /**
     * Texts for a dialog.
     *
     * @param title its title, or null
     * @param displayName a short name of the server or tool, or null
     * @param description what it is about, or null
     */
    record Display(
            @Nullable String title,
            @Nullable String displayName,
            @Nullable String description) {
        /** No texts. */
        public static final Display NONE = new Display(null, null, null);
    }

    /**
     * Values are asked for.
     *
     * @param serverName name of the server
     * @param message the question
     * @param requestedSchema JSON Schema of the answer: an object whose properties are texts, numbers, booleans or choices,
     *     in the order of the server; empty if absent
     * @param display texts for a dialog
     * @param raw the whole request
     */
    record Form(
            String serverName,
            String message,
            Map<String, Object> requestedSchema,
            Display display,
            Map<String, Object> raw)
            implements ElicitationRequest {
        /** Copies the collections. */
        public Form {
            requestedSchema = Frozen.map(requestedSchema);
            raw = Frozen.map(raw);
        }

        /**
         * Checks values that are to be accepted, as it is done with the answer too: a user who is told what is wrong can
         * try again.
         *
         * @throws IllegalArgumentException if they don't fit the schema; it names the value and the rule, but does not
         *     show the value, which can be private. Nothing is checked against a schema with a keyword that is not among
         *     those that the package {@code schema} lists
         */
        public void check(Map<String, ?> content) {
            FormCheck.check(requestedSchema, Check.notNull("content", content));
        }

        /** Who asks; the question is left out. */
        @Override
        public String toString() {
            return "Form[" + serverName + "]";
        }
    }

    /**
     * A page is to be opened in a browser, where the user answers to the server alone. Accepting says that the user agrees
     * to that; nothing opens by itself. When the server says that the user is done,
     * {@link io.github.claudesessions.message.ElicitationComplete ElicitationComplete} has the same id.
     *
     * @param serverName name of the server
     * @param message why
     * @param url the page. The server chose it: show the user where it leads before it is opened
     * @param elicitationId id of the question; empty if absent
     * @param display texts for a dialog
     * @param raw the whole request
     */
    record Url(
            String serverName,
            String message,
            String url,
            String elicitationId,
            Display display,
            Map<String, Object> raw)
            implements ElicitationRequest {
        /** Copies the collection. */
        public Url {
            raw = Frozen.map(raw);
        }

        /** Who asks; the page is left out, its address can have secrets. */
        @Override
        public String toString() {
            return "Url[" + serverName + ", " + elicitationId + "]";
        }
    }

    /**
     * A question of a kind that this version of the library does not know.
     *
     * @param serverName name of the server
     * @param message the question
     * @param mode the kind
     * @param display texts for a dialog
     * @param raw the whole request
     */
    record Unknown(String serverName, String message, String mode, Display display, Map<String, Object> raw)
            implements ElicitationRequest {
        /** Copies the collection. */
        public Unknown {
            raw = Frozen.map(raw);
        }

        /** Who asks; the question is left out. */
        @Override
        public String toString() {
            return "Unknown[" + serverName + ", " + mode + "]";
        }
    }
}
