package io.github.claudesessions.internal.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.github.claudesessions.internal.Check;
import io.github.claudesessions.internal.json.Json;
import io.github.claudesessions.permission.PermissionBehavior;
import io.github.claudesessions.permission.PermissionDestination;
import io.github.claudesessions.permission.PermissionRule;
import io.github.claudesessions.permission.PermissionUpdate;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The permission rules and folders that hold for a session and that no settings file has. Any thread. */
public final class SessionRules {
    @GuardedBy("this")
    private final Map<PermissionBehavior, Set<String>> rules =
            new TreeMap<>(Comparator.comparing(PermissionBehavior::value));

    @GuardedBy("this")
    private final Set<String> directories = new LinkedHashSet<>();

    synchronized void add(List<PermissionUpdate> updates) {
        updates.forEach(this::add);
    }

    @GuardedBy("this")
    private void add(PermissionUpdate update) {
        switch (update) {
            case PermissionUpdate.AddRules u -> {
                if (here(u.destination())) {
                    of(u.behavior()).addAll(texts(u.rules()));
                }
            }
            case PermissionUpdate.ReplaceRules u -> {
                if (here(u.destination())) {
                    rules.put(u.behavior(), new LinkedHashSet<>(texts(u.rules())));
                }
            }
            case PermissionUpdate.RemoveRules u -> {
                if (here(u.destination())) {
                    texts(u.rules()).forEach(of(u.behavior())::remove);
                }
            }
            case PermissionUpdate.AddDirectories u -> {
                if (here(u.destination())) {
                    directories.addAll(u.directories());
                }
            }
            case PermissionUpdate.RemoveDirectories u -> {
                if (here(u.destination())) {
                    u.directories().forEach(directories::remove);
                }
            }
            case PermissionUpdate.SetMode u -> {} // the CLI tells its mode
            case PermissionUpdate.Unknown u -> {}
        }
    }

    /** Rules of the command line are the session's too: the next process has another command line. */
    private static boolean here(PermissionDestination destination) {
        return destination.equals(PermissionDestination.SESSION) || destination.equals(PermissionDestination.CLI_ARG);
    }

    @GuardedBy("this")
    private Set<String> of(PermissionBehavior behavior) {
        return rules.computeIfAbsent(behavior, key -> new LinkedHashSet<>());
    }

    private static List<String> texts(List<PermissionRule> rules) {
        return rules.stream().map(PermissionRule::toString).toList();
    }

    /** The rules with this behavior, as the CLI writes them. */
    public synchronized List<String> rules(PermissionBehavior behavior) {
        return List.copyOf(rules.getOrDefault(behavior, Set.of()));
    }

    /** The folders that tools may use in addition. */
    public synchronized List<String> directories() {
        return List.copyOf(directories);
    }

    synchronized boolean isEmpty() {
        return directories.isEmpty() && rules.values().stream().allMatch(Set::isEmpty);
    }

    void inherit(SessionRules earlier) {
        synchronized (earlier) {
            synchronized (this) {
                earlier.rules.forEach((behavior, texts) -> rules.put(behavior, new LinkedHashSet<>(texts)));
                directories.addAll(earlier.directories);
            }
        }
    }

    synchronized ObjectNode toJson() {
        ObjectNode json = Json.object();
        ObjectNode all = json.putObject("rules");
        rules.forEach((behavior, texts) -> texts.forEach(all.withArrayProperty(behavior.value())::add));
        directories.forEach(json.putArray("directories")::add);
        return json;
    }

    /** @throws IllegalArgumentException if that is not what {@link #toJson} writes */
    synchronized void read(JsonNode json) {
        Check.that(json.path("rules").isObject(), "rules must be an object");
        json.path("rules")
                .properties()
                .forEach(entry -> addTexts(entry.getValue(), of(new PermissionBehavior(entry.getKey()))));
        addTexts(json.path("directories"), directories);
    }

    private static void addTexts(JsonNode array, Collection<String> texts) {
        Check.that(array.isArray(), "rules and directories must be lists");
        array.forEach(text -> {
            Check.that(text.isTextual(), "rules and directories must be texts");
            texts.add(text.textValue());
        });
    }
}
