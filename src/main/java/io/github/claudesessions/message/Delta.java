package io.github.claudesessions.message;

import java.util.Map;

/** What an {@link ApiEvent.ContentBlockDelta} adds to its block. */
public sealed interface Delta {
    /**
     * More text.
     *
     * @param text the text to append
     */
    record TextDelta(String text) implements Delta {}

    /**
     * More of a tool's input.
     *
     * @param partialJson JSON text to append; only the whole is valid JSON
     */
    record InputJsonDelta(String partialJson) implements Delta {}

    /**
     * More thinking.
     *
     * @param thinking the text to append
     */
    record ThinkingDelta(String thinking) implements Delta {}

    /**
     * The signature of a block of thinking.
     *
     * @param signature the signature
     */
    record SignatureDelta(String signature) implements Delta {}

    /**
     * A source of the text.
     *
     * @param citation its fields
     */
    record CitationsDelta(Map<String, Object> citation) implements Delta {
        /** Copies the collections. */
        public CitationsDelta {
            citation = Copies.map(citation);
        }
    }

    /**
     * A delta that this version of the library does not know.
     *
     * @param type the wire type; empty if there is none
     * @param fields all fields, {@code type} included
     */
    record UnknownDelta(String type, Map<String, Object> fields) implements Delta {
        /** Copies the collections. */
        public UnknownDelta {
            fields = Copies.map(fields);
        }
    }
}
