package io.github.claudesessions.control;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A model that the session can be set to. Source: {@code list_models} and the answer to {@code initialize}.
 *
 * @param value what {@code setModel} takes
 * @param resolvedModel the model's full name, or null
 * @param displayName its name for people
 * @param description what it is good for
 * @param supportsEffort whether it takes an effort
 * @param supportedEffortLevels which
 * @param supportsAdaptiveThinking whether it can decide how much to think
 */
public record ModelInfo(
        String value,
        @Nullable String resolvedModel,
        String displayName,
        String description,
        boolean supportsEffort,
        List<String> supportedEffortLevels,
        boolean supportsAdaptiveThinking) {
    /** Copies the list. */
    @SuppressWarnings("ConstantValue") // the wire may leave anything out
    public ModelInfo {
        value = Copies.text(value);
        displayName = Copies.text(displayName);
        description = Copies.text(description);
        supportedEffortLevels = Copies.list(supportedEffortLevels);
    }
}
