package io.github.claudesessions;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.claudesessions.error.ControlException;
import io.github.claudesessions.internal.json.Json;
import io.github.claudesessions.internal.protocol.SessionCore;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Whether the CLI knows what the options name. It starts without what it does not know: without the tool limits of a
 * misspelled agent, for instance.
 */
final class Known {
    private static final Set<Effort> EFFORTS = Set.of(Effort.LOW, Effort.MEDIUM, Effort.HIGH, Effort.XHIGH, Effort.MAX);

    private final ClaudeOptions options;
    private final SessionCore core;
    private final JsonNode info;

    private Known(ClaudeOptions options, SessionCore core) {
        this.options = options;
        this.core = core;
        this.info = Json.tree(Json.map(core.facts().serverInfo()));
    }

    /** What is not known. */
    static List<String> problems(ClaudeOptions options, SessionCore core) {
        boolean nothingNamed = options.agents().isEmpty()
                && options.agent().isEmpty()
                && options.effort().isEmpty()
                && options.skills().isEmpty();
        return nothingNamed ? List.of() : new Known(options, core).problems();
    }

    private List<String> problems() {
        List<String> problems = new ArrayList<>(agents());
        options.effort().map(this::effort).ifPresent(problems::add);
        options.skills().ifPresent(chosen -> {
            if (chosen instanceof Skills.Only only) {
                problems.addAll(skills(only));
            }
        });
        return problems;
    }

    private List<String> agents() {
        SequencedSet<String> known = names(info.path("agents"));
        List<String> problems = new ArrayList<>();
        for (String name : options.agents().keySet()) {
            if (!known.contains(name)) {
                problems.add("agent \"" + name + "\" is missing (one that the CLI does not understand costs all)");
            }
        }
        options.agent()
                .filter(name -> !options.agents().containsKey(name) && !isAgent(name, known))
                .ifPresent(name -> problems.add(
                        "the session can't be agent \"" + name + "\", which is none of " + String.join(", ", known)));
        return problems;
    }

    /** That of a plugin is {@code plugin:agent}, and the CLI takes the last part for it too. */
    private static boolean isAgent(String name, Set<String> known) {
        return known.stream().anyMatch(agent -> agent.equals(name) || agent.endsWith(":" + name));
    }

    /** A level that the model does not have is lowered, so that what is in force would say nothing. */
    private @Nullable String effort(Effort effort) {
        Set<String> levels = info.path("models")
                .valueStream()
                .flatMap(model -> model.path("supportedEffortLevels").valueStream())
                .map(JsonNode::asText)
                .collect(Collectors.toCollection(TreeSet::new));
        boolean known = levels.isEmpty()
                || EFFORTS.contains(effort)
                || levels.stream().anyMatch(effort.value()::equalsIgnoreCase);
        return known ? null : "effort \"" + effort + "\" is none of " + String.join(", ", levels);
    }

    /** The commands, which are known already, are most of the skills: all but those that only the model can use. */
    private List<String> skills(Skills.Only only) {
        List<String> rest = without(only.names(), info.path("commands"));
        if (!rest.isEmpty()) {
            try {
                JsonNode all = core.control("get_skills_dialog", Json.object()).path("skills");
                rest = without(rest, all);
            } catch (ControlException e) {
                if ("unsupported_request".equals(e.errorCode())) {
                    return List.of(); // an older CLI: it can't be known
                }
                throw e;
            }
        }
        return rest.stream().map(name -> "there is no skill \"" + name + "\"").toList();
    }

    private static List<String> without(List<String> wanted, JsonNode known) {
        Set<String> names = names(known);
        return wanted.stream().filter(name -> !names.contains(name)).toList();
    }

    /** The names and other names of the elements, in order. */
    private static SequencedSet<String> names(JsonNode elements) {
        return elements.valueStream()
                .flatMap(element -> Stream.of(
                                Stream.of(element.path("name")),
                                element.path("aliases").valueStream(),
                                element.path("handles").path("aliases").valueStream())
                        .flatMap(names -> names))
                .filter(JsonNode::isTextual)
                .map(JsonNode::asText)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }
}
