package io.github.claudesessions;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.claudesessions.internal.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The part of the {@code initialize} request that is about what the session has beyond the built-in. */
final class Extensions {
    private Extensions() {}

    /** Fills in {@code initialize}, and returns the fields that must be true in the answer. */
    static List<String> describe(ClaudeOptions options, ObjectNode initialize) {
        List<String> confirmations = new ArrayList<>();
        if (!options.agents().isEmpty()) {
            ObjectNode agents = initialize.putObject("agents");
            options.agents().forEach((name, agent) -> agents.set(name, Json.objectOf(agent.fields())));
        }
        if (!options.plugins().isEmpty()) {
            ArrayNode plugins = initialize.putArray("plugins");
            options.plugins().forEach(plugin -> plugin(plugin, plugins.addObject()));
            confirmations.add("plugins_applied");
        }
        if (!options.managedSettings().isEmpty()) {
            initialize.set("managedSettings", Json.objectOf(options.managedSettings()));
            confirmations.add("managed_settings_applied");
        }
        if (options.skills().orElse(Skills.all()) instanceof Skills.Only only) {
            ArrayNode names = initialize.putArray("skills");
            only.names().forEach(names::add);
        }
        if (!options.toolAliases().isEmpty()) {
            initialize.set("toolAliases", Json.objectOf(options.toolAliases()));
        }
        if (!options.supportedDialogKinds().isEmpty()) {
            ArrayNode kinds = initialize.putArray("supportedDialogKinds");
            options.supportedDialogKinds().forEach(kinds::add);
        }
        options.title().ifPresent(title -> initialize.put("title", title));
        options.planModeInstructions().ifPresent(text -> initialize.put("planModeInstructions", text));
        flag(initialize, "promptSuggestions", options.promptSuggestions());
        flag(initialize, "agentProgressSummaries", options.agentProgressSummaries());
        flag(initialize, "forwardSubagentText", options.forwardSubagentText());
        flag(initialize, "perTaskStopAffordance", options.perTaskStopAffordance());
        return confirmations;
    }

    /** The rules for tools that run without a question, with those that the chosen skills need. */
    static List<String> allowedTools(ClaudeOptions options) {
        Stream<String> skills = options.skills().stream().flatMap(chosen -> switch (chosen) {
            case Skills.All all -> Stream.of("Skill");
            case Skills.Only only -> only.names().stream().map(name -> "Skill(" + name + ")");
        });
        return Stream.concat(options.allowedTools().stream(), skills).distinct().toList();
    }

    private static void plugin(Plugin plugin, ObjectNode node) {
        node.put("type", "local").put("path", plugin.path().toString());
        flag(node, "skipMcpDiscovery", plugin.skipMcpDiscovery());
    }

    private static void flag(ObjectNode node, String name, boolean value) {
        if (value) {
            node.put(name, true);
        }
    }
}
