package io.github.claudesessions.elicitation;

import io.github.claudesessions.internal.json.Json;
import io.github.claudesessions.internal.schema.Schema;
import io.github.claudesessions.internal.schema.Violation;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether values fit the schema of a form. */
final class FormCheck {
    private static final Logger log = LoggerFactory.getLogger(FormCheck.class);

    /** What forms call the labels of choices. No rule, and no keyword of JSON Schema. */
    private static final String LABELS = "enumNames";

    private FormCheck() {}

    static void check(Map<String, Object> requestedSchema, Map<String, ?> content) {
        Schema schema;
        try {
            schema = Schema.of(withoutLabels(requestedSchema));
        } catch (IllegalArgumentException e) { // the server's schema is not the user's fault
            log.debug("The values of a form are not checked: {}", e.getMessage());
            return;
        }
        schema.check(Json.map(Json.tree(content))).ifPresent(FormCheck::refuse);
    }

    private static void refuse(Violation violation) {
        throw new IllegalArgumentException("content" + violation.path().substring(1) + " " + violation.rule());
    }

    private static Map<String, Object> withoutLabels(Map<String, Object> schema) {
        if (!(schema.get("properties") instanceof Map<?, ?> properties)) {
            return schema;
        }
        Map<String, Object> bare = new LinkedHashMap<>();
        properties.forEach((name, property) -> bare.put(String.valueOf(name), withoutLabel(property)));
        Map<String, Object> copy = new LinkedHashMap<>(schema);
        copy.put("properties", bare);
        return copy;
    }

    private static Object withoutLabel(Object property) {
        if (!(property instanceof Map<?, ?> map)) {
            return property;
        }
        Map<Object, Object> bare = new LinkedHashMap<>(map);
        bare.remove(LABELS);
        return bare;
    }
}
