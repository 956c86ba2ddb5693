package io.github.claudesessions;

/**
 * The form of the previews that the model adds to the choices of a question. An open set.
 *
 * @param value the name on the wire
 */
public record PreviewFormat(String value) {
    /** Markdown or plain text, for a terminal. */
    public static final PreviewFormat MARKDOWN = new PreviewFormat("markdown");

    /** Fragments of HTML, for a browser. */
    public static final PreviewFormat HTML = new PreviewFormat("html");

    /** Refuses a name that is not one word. */
    public PreviewFormat {
        Rules.word("questionPreviewFormat", value);
    }

    @Override
    public String toString() {
        return value;
    }
}
