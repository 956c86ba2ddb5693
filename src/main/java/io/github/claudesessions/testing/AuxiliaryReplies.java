package io.github.claudesessions.testing;

import io.github.claudesessions.internal.json.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Answers of the right form to what the CLI asks on its own account. */
final class AuxiliaryReplies {
    private static final Reply SUMMARY =
            Reply.text("<analysis>Made up.</analysis>\n<summary>FakeAnthropicApi: a made-up summary.</summary>");

    private AuxiliaryReplies() {}

    static Reply to(ApiRequest request) {
        if (request.kind() == ApiRequest.Kind.COMPACTION) {
            return SUMMARY;
        }
        if (request.body().get("output_config") instanceof Map<?, ?> config
                && config.get("format") instanceof Map<?, ?> format
                && format.get("schema") instanceof Map<?, ?> schema
                && schema.get("required") instanceof List<?> required) {
            Map<String, Object> made = new LinkedHashMap<>();
            required.forEach(name -> made.put(String.valueOf(name), "Made up"));
            return Reply.text(Json.text(made));
        }
        return Reply.text("FakeAnthropicApi: a made-up answer.");
    }
}
