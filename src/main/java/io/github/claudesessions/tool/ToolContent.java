package io.github.claudesessions.tool;

import io.github.claudesessions.internal.Check;
import org.jspecify.annotations.Nullable;

/** One piece of a {@link ToolResult}. */
public sealed interface ToolContent {
    /** A text. */
    record Text(String text) implements ToolContent {
        /** Checks that there is a text. */
        public Text {
            Check.notNull("text", text);
        }
    }

    /**
     * An image, which the model sees.
     *
     * @param base64 its bytes in Base64
     * @param mimeType such as {@code image/png}
     */
    record Image(String base64, String mimeType) implements ToolContent {
        /** Checks that there are values. */
        public Image {
            Check.notBlank("base64", base64);
            Check.notBlank("mimeType", mimeType);
        }

        /** The media type and the size. */
        @Override
        public String toString() {
            return "Image[" + mimeType + ", " + base64.length() + " characters]";
        }
    }

    /**
     * A resource that is named, not included.
     *
     * @param uri where it is
     * @param name its name
     * @param description what it is, or null
     * @param mimeType its media type, or null
     */
    record Link(
            String uri,
            String name,
            @Nullable String description,
            @Nullable String mimeType) implements ToolContent {
        /** Checks that there are a URI and a name. */
        public Link {
            Check.notBlank("uri", uri);
            Check.notBlank("name", name);
        }
    }

    /**
     * A resource with its text or its bytes.
     *
     * @param uri where it is
     * @param mimeType its media type, or null
     * @param text its text, or null if it has bytes
     * @param base64 its bytes in Base64, or null if it has a text
     */
    record Resource(
            String uri,
            @Nullable String mimeType,
            @Nullable String text,
            @Nullable String base64) implements ToolContent {
        /** Checks that there is a URI and one of text and bytes. */
        public Resource {
            Check.notBlank("uri", uri);
            Check.that((text == null) != (base64 == null), "resource %s must have either text or base64", uri);
        }
    }
}
