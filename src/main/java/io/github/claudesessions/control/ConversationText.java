package io.github.claudesessions.control;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * The conversation as text for people. Source: {@code export_conversation}.
 *
 * @param text all of it
 * @param defaultFilename a name for a file with it
 */
public record ConversationText(
        String text, @JsonProperty("default_filename") String defaultFilename) {
    /** Fills in what the wire left out. */
    public ConversationText {
        text = Copies.text(text);
        defaultFilename = Copies.text(defaultFilename);
    }
}
