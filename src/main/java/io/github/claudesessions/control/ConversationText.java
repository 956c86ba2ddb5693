package io.github.claudesessions.control;

/**
 * The conversation as text for people. Source: {@code export_conversation}.
 *
 * @param text all of it
 * @param defaultFilename a name for a file with it
 */
public record ConversationText(String text, String defaultFilename) {
    /** Fills in what the wire left out. */
    public ConversationText {
        text = Copies.text(text);
        defaultFilename = Copies.text(defaultFilename);
    }
}
