package io.github.claudesessions.message;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the API's advisor said. Wire type {@code advisor_tool_result}. */
public record AdvisorToolResultBlock(
        String toolUseId, @Nullable Object content, Map<String, Object> fields) implements ServerToolResultBlock {
    /** Copies the collections. */
    public AdvisorToolResultBlock {
        fields = Copies.map(fields);
    }
}
