package io.github.claudesessions.internal.codec;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.claudesessions.message.AdvisorToolResultBlock;
import io.github.claudesessions.message.BashCodeExecutionToolResultBlock;
import io.github.claudesessions.message.BlockSource;
import io.github.claudesessions.message.CodeExecutionToolResultBlock;
import io.github.claudesessions.message.CompactionBlock;
import io.github.claudesessions.message.ContainerUploadBlock;
import io.github.claudesessions.message.ContentBlock;
import io.github.claudesessions.message.DocumentBlock;
import io.github.claudesessions.message.FallbackBlock;
import io.github.claudesessions.message.ImageBlock;
import io.github.claudesessions.message.McpToolResultBlock;
import io.github.claudesessions.message.McpToolUseBlock;
import io.github.claudesessions.message.MidConvSystemBlock;
import io.github.claudesessions.message.RedactedThinkingBlock;
import io.github.claudesessions.message.SearchResultBlock;
import io.github.claudesessions.message.ServerToolResultBlock;
import io.github.claudesessions.message.ServerToolUseBlock;
import io.github.claudesessions.message.TextBlock;
import io.github.claudesessions.message.TextEditorCodeExecutionToolResultBlock;
import io.github.claudesessions.message.ThinkingBlock;
import io.github.claudesessions.message.ToolReferenceBlock;
import io.github.claudesessions.message.ToolResultBlock;
import io.github.claudesessions.message.ToolSearchToolResultBlock;
import io.github.claudesessions.message.ToolUseBlock;
import io.github.claudesessions.message.UnknownBlock;
import io.github.claudesessions.message.WebFetchToolResultBlock;
import io.github.claudesessions.message.WebSearchToolResultBlock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Content blocks. */
final class BlockCodec {
    private BlockCodec() {}

    /** The blocks of a {@code content} field: an array, or a string that stands for one block of text. */
    static List<ContentBlock> content(JsonNode content) {
        if (content.isNull() || content.isMissingNode()) {
            return List.of();
        }
        if (!content.isArray()) {
            return List.of(element(content));
        }
        List<ContentBlock> blocks = new ArrayList<>(content.size());
        for (JsonNode element : content) {
            blocks.add(element(element));
        }
        return List.copyOf(blocks);
    }

    private static ContentBlock element(JsonNode element) {
        if (element.isTextual()) {
            return new TextBlock(element.textValue());
        }
        if (!element.isObject()) {
            return notAnObject(element);
        }
        return block(element);
    }

    @SuppressWarnings("NullAway") // the value is null for JSON's null, as Javadoc of the maps says
    private static ContentBlock notAnObject(JsonNode element) {
        return new UnknownBlock("", Collections.singletonMap("value", Plain.of(element)));
    }

    static ContentBlock block(JsonNode block) {
        String type = block.path("type").asText("");
        // Only known types have required fields, so the label in the log is from a bounded set.
        Fields f = Fields.of(type, block);
        return switch (type) {
            case "text" -> new TextBlock(f.string("text"), f.valuesOrEmpty("citations"));
            case "thinking" -> new ThinkingBlock(f.string("thinking"), f.string("signature"));
            case "redacted_thinking" -> new RedactedThinkingBlock(f.string("data"));
            case "tool_use" -> new ToolUseBlock(f.string("id"), f.string("name"), f.map("input"));
            case "server_tool_use" -> new ServerToolUseBlock(f.string("id"), f.string("name"), f.mapOrEmpty("input"));
            case "mcp_tool_use" ->
                new McpToolUseBlock(f.string("id"), f.string("name"), f.string("server_name"), f.mapOrEmpty("input"));
            case "tool_result" ->
                new ToolResultBlock(f.string("tool_use_id"), content(f.node("content")), f.flagOrFalse("is_error"));
            case "image" -> new ImageBlock(f.object("source", BlockCodec::source));
            case "document" ->
                new DocumentBlock(
                        f.object("source", BlockCodec::source), f.stringOrNull("title"), f.stringOrNull("context"));
            case "search_result" ->
                new SearchResultBlock(f.string("source"), f.string("title"), content(f.node("content")));
            case "container_upload" -> new ContainerUploadBlock(f.string("file_id"), Plain.map(block));
            case "compaction" -> new CompactionBlock(f.stringOrNull("content"), Plain.map(block));
            case "fallback" -> new FallbackBlock(Plain.map(block));
            case "mid_conv_system" -> new MidConvSystemBlock(Plain.map(block));
            case "tool_reference" -> new ToolReferenceBlock(f.string("tool_name"));
            default -> {
                ServerToolResultBlock result = type.endsWith("_tool_result") ? serverResult(type, f, block) : null;
                yield result == null ? new UnknownBlock(type, Plain.map(block)) : result;
            }
        };
    }

    private static @Nullable ServerToolResultBlock serverResult(String type, Fields f, JsonNode block) {
        String id = f.stringOrNull("tool_use_id");
        String toolUseId = id == null ? "" : id;
        Object content = f.anyOrNull("content");
        Map<String, Object> fields = Plain.map(block);
        return switch (type) {
            case "web_search_tool_result" -> new WebSearchToolResultBlock(toolUseId, content, fields);
            case "web_fetch_tool_result" -> new WebFetchToolResultBlock(toolUseId, content, fields);
            case "advisor_tool_result" -> new AdvisorToolResultBlock(toolUseId, content, fields);
            case "code_execution_tool_result" -> new CodeExecutionToolResultBlock(toolUseId, content, fields);
            case "bash_code_execution_tool_result" -> new BashCodeExecutionToolResultBlock(toolUseId, content, fields);
            case "text_editor_code_execution_tool_result" ->
                new TextEditorCodeExecutionToolResultBlock(toolUseId, content, fields);
            case "tool_search_tool_result" -> new ToolSearchToolResultBlock(toolUseId, content, fields);
            case "mcp_tool_result" -> new McpToolResultBlock(toolUseId, content, fields);
            default -> null;
        };
    }

    private static BlockSource source(Fields f) {
        return new BlockSource(
                f.string("type"),
                f.stringOrNull("media_type"),
                f.stringOrNull("data"),
                f.stringOrNull("url"),
                f.stringOrNull("file_id"),
                content(f.node("content")));
    }
}
