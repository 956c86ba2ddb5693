package io.github.claudesessions;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.claudesessions.error.ControlException;
import io.github.claudesessions.error.LaunchException;
import io.github.claudesessions.error.SessionStartException;
import io.github.claudesessions.internal.json.Json;
import io.github.claudesessions.internal.protocol.SessionCore;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether what a session was given is in force. For agents, plugins and settings the CLI's own confirmation says only
 * that it has read them: it leaves out what it does not understand, and starts.
 */
final class Confirmation {
    /** The file that the CLI makes of the settings that it was given. */
    private static final String GIVEN = "claude-settings-";

    private Confirmation() {}

    /** What can be known before a process of this machine is started. */
    static void beforeStart(ClaudeOptions options) {
        for (Plugin plugin : options.plugins()) {
            if (!Files.exists(plugin.path())) {
                throw new LaunchException(
                        "there is no plugin at " + plugin.path(), LaunchException.Reason.MISSING_PLUGIN, null);
            }
        }
    }

    /** Fails if something is not in force. Asks the CLI only about what its first answer does not tell. */
    static void afterStart(ClaudeOptions options, SessionCore core) {
        List<String> problems = new ArrayList<>(Known.problems(options, core));
        if (!options.settings().isEmpty()
                || !options.managedSettings().isEmpty()
                || options.sandbox().isPresent()) {
            problems.addAll(settings(options, core));
        }
        if (!problems.isEmpty()) {
            throw new SessionStartException(
                    "the session has not the configuration that it was given: " + String.join("; ", problems),
                    problems,
                    -1,
                    "",
                    null);
        }
    }

    private static List<String> settings(ClaudeOptions options, SessionCore core) {
        JsonNode answer;
        try {
            answer = core.control("get_settings", Json.object());
        } catch (ControlException e) {
            if ("unsupported_request".equals(e.errorCode())) {
                return List.of(); // an older CLI: its confirmation has to do
            }
            throw e;
        }
        List<String> problems = new ArrayList<>();
        for (JsonNode error : answer.path("errors")) {
            if (error.path("file").asText().contains(GIVEN)) {
                problems.add("settings " + error.path("path").asText() + ": "
                        + error.path("message").asText());
            }
        }
        JsonNode policy = answer.path("sources")
                .valueStream()
                .filter(source -> source.path("source").asText().equals("policySettings"))
                .map(source -> source.path("settings"))
                .findFirst()
                .orElseGet(Json::object);
        missing("", Json.tree(options.managedSettings()), policy, problems);
        return problems;
    }

    private static void missing(String path, JsonNode given, JsonNode inForce, List<String> problems) {
        given.properties().forEach(field -> {
            String name = path + field.getKey();
            JsonNode found = inForce.path(field.getKey());
            if (field.getValue().isObject() && found.isObject()) {
                missing(name + ".", field.getValue(), found, problems);
            } else if (!isInForce(field.getValue(), found) && !translated(name, field.getValue(), inForce)) {
                problems.add("managedSettings " + name + " is not in force");
            }
        });
    }

    /** Other policies of the machine may add to what was given, not change it. */
    private static boolean isInForce(JsonNode given, JsonNode found) {
        if (given.isObject()) {
            return found.isObject()
                    && given.propertyStream()
                            .allMatch(field -> isInForce(field.getValue(), found.path(field.getKey())));
        }
        if (given.isArray()) {
            return found.isArray()
                    && given.valueStream()
                            .allMatch(wanted -> found.valueStream().anyMatch(there -> isInForce(wanted, there)));
        }
        if (given.isNumber()) {
            return found.isNumber() && given.decimalValue().compareTo(found.decimalValue()) == 0;
        }
        return given.equals(found);
    }

    /** What the CLI puts in the place of {@code disableAllHooks}, which from a session would disable its own too. */
    private static boolean translated(String name, JsonNode given, JsonNode policy) {
        return name.equals("disableAllHooks")
                && policy.path(name).isMissingNode()
                && (!given.asBoolean() || policy.path("allowManagedHooksOnly").asBoolean());
    }
}
