package io.github.claudesessions;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.claudesessions.internal.Check;
import io.github.claudesessions.internal.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What is sent to the model in one turn: text, images, documents and text files, in order. Immutable: each method returns a new
 * prompt. Files are read when they are added.
 */
public final class Prompt {
    private static final Map<String, String> IMAGE_TYPES = Map.of(
            "png", "image/png",
            "jpg", "image/jpeg",
            "jpeg", "image/jpeg",
            "gif", "image/gif",
            "webp", "image/webp");

    private final List<ObjectNode> blocks;

    private Prompt(List<ObjectNode> blocks) {
        this.blocks = List.copyOf(blocks);
    }

    /**
     * A prompt of text.
     *
     * @throws IllegalArgumentException if the text is blank
     */
    public static Prompt of(String text) {
        return new Prompt(List.of()).text(text);
    }

    /** This prompt and more text. */
    public Prompt text(String text) {
        return with(Json.object().put("type", "text").put("text", Check.notBlank("prompt", text)));
    }

    /**
     * This prompt and the image in {@code file}: PNG, JPEG, GIF or WebP, told by the name's ending.
     *
     * @throws UncheckedIOException if the file can't be read
     */
    public Prompt image(Path file) {
        String name = file.toString().toLowerCase(Locale.ROOT);
        String type = IMAGE_TYPES.get(name.substring(name.lastIndexOf('.') + 1));
        if (type == null) {
            throw new IllegalArgumentException("image must be a .png, .jpg, .jpeg, .gif or .webp file, was " + file);
        }
        return image(read(file), type);
    }

    /** This prompt and an image of the media type {@code type}, such as {@code image/png}. */
    public Prompt image(byte[] data, String type) {
        return with(base64("image", data, Check.notBlank("type", type)));
    }

    /**
     * This prompt and the PDF document in {@code file}.
     *
     * @throws UncheckedIOException if the file can't be read
     */
    public Prompt document(Path file) {
        Check.that(
                file.toString().toLowerCase(Locale.ROOT).endsWith(".pdf"),
                "document must be a .pdf file, was %s",
                file);
        return with(base64("document", read(file), "application/pdf"));
    }

    /** This prompt and the image at {@code url}, which the API fetches: {@code http} or {@code https}. */
    public Prompt image(URI url) {
        return with(url("image", url));
    }

    /** This prompt and the PDF document at {@code url}, which the API fetches: {@code http} or {@code https}. */
    public Prompt document(URI url) {
        return with(url("document", url));
    }

    /**
     * This prompt and the text file {@code file}, as a document with the file's name as its title.
     *
     * @throws IllegalArgumentException if it is not text in UTF-8, or blank
     * @throws UncheckedIOException if the file can't be read
     */
    public Prompt file(Path file) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(read(file)))
                    .toString();
            return file(String.valueOf(file.getFileName()), text);
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("file must be text in UTF-8, was " + file, e);
        }
    }

    /** This prompt and a document of plain text. */
    public Prompt file(String title, String text) {
        ObjectNode node = Json.object().put("type", "document").put("title", Check.notBlank("title", title));
        node.putObject("source")
                .put("type", "text")
                .put("media_type", "text/plain")
                .put("data", Check.notBlank("text", text));
        return with(node);
    }

    private static ObjectNode url(String block, URI url) {
        String scheme = String.valueOf(Check.notNull("url", url).getScheme()).toLowerCase(Locale.ROOT);
        Check.that(
                scheme.equals("http") || scheme.equals("https"), "%s must be an http or https URL, was %s", block, url);
        ObjectNode node = Json.object().put("type", block);
        node.putObject("source").put("type", "url").put("url", url.toString());
        return node;
    }

    private static ObjectNode base64(String block, byte[] data, String mediaType) {
        Check.that(data.length > 0, "%s must not be empty", block);
        ObjectNode node = Json.object().put("type", block);
        node.putObject("source")
                .put("type", "base64")
                .put("media_type", mediaType)
                .put("data", Base64.getEncoder().encodeToString(data));
        return node;
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException("can't read " + file + " for the prompt", e);
        }
    }

    private Prompt with(ObjectNode block) {
        List<ObjectNode> more = new ArrayList<>(blocks);
        more.add(block);
        return new Prompt(more);
    }

    /** The {@code content} of the user message. */
    ArrayNode content() {
        return Json.MAPPER.createArrayNode().addAll(blocks);
    }

    /** How many blocks; what they say is not for logs. */
    @Override
    public String toString() {
        return "Prompt[" + blocks.size() + " blocks]";
    }
}
