package io.github.claudesessions.internal.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.github.claudesessions.error.ControlException;
import io.github.claudesessions.error.SessionInterruptedException;
import io.github.claudesessions.internal.Check;
import io.github.claudesessions.internal.json.Json;
import io.github.claudesessions.message.InitMessage;
import io.github.claudesessions.message.Message;
import io.github.claudesessions.message.PermissionMode;
import io.github.claudesessions.message.StatusMessage;
import io.github.claudesessions.permission.PermissionBehavior;
import io.github.claudesessions.permission.PermissionUpdate;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What was changed since a conversation was opened, by control requests, by answers to permission requests, or by the
 * CLI itself. The next process of the conversation starts from it: with the options alone it would fall back, for
 * instance, to a looser permission mode. Any thread.
 */
public final class Changes {
    private static final Logger log = LoggerFactory.getLogger(Changes.class);

    /** What a request is about beside its subtype, so that the latest for each replaces the one before. */
    private static final Map<String, String> REPLAYED = Map.of(
            "set_max_thinking_tokens", "",
            "mcp_set_servers", "",
            "mcp_toggle", "serverName",
            "set_mcp_permission_mode_override", "serverName",
            "register_repo_root", "directory",
            "set_cwd", "",
            "apply_flag_settings", "");

    private static final Set<String> ABOUT_MCP = Set.of("mcp_set_servers", "mcp_toggle");

    /** About servers that there may be no longer when the options are others. */
    private static final Set<String> ABOUT_ONE_SERVER = Set.of("mcp_toggle", "set_mcp_permission_mode_override");

    private static final String FLAGS = "apply_flag_settings";

    private volatile Runnable listener = () -> {};

    @GuardedBy("this")
    private @Nullable PermissionMode permissionMode;

    /** Whether that is another than the one that the conversation began with. */
    @GuardedBy("this")
    private boolean modeChanged;

    @GuardedBy("this")
    private boolean modelChanged;

    /** Null: the default. */
    @GuardedBy("this")
    private @Nullable String model;

    @GuardedBy("this")
    private final Map<String, Request> requests = new LinkedHashMap<>();

    @GuardedBy("this")
    private final Set<String> secrets = new HashSet<>();

    private final SessionRules rules = new SessionRules();

    /** Gives the CLI flag settings that are not noted; null if no rule that allows something was inherited. */
    private volatile @Nullable Function<ObjectNode, CompletableFuture<JsonNode>> flags;

    private record Request(String subtype, ObjectNode body) {
        /** The body may have what servers are logged in to with. */
        @Override
        public String toString() {
            return subtype;
        }
    }

    /** Has {@code listener} run whenever something was changed. It must not wait for the session. */
    public void onChange(Runnable listener) {
        this.listener = listener;
    }

    /** Waits for the answer to a control request. What the CLI accepts is noted also if its sender waits no longer. */
    JsonNode accepted(String subtype, ObjectNode body, CompletableFuture<JsonNode> asked) {
        try {
            JsonNode answer = Waiting.await("the answer to " + subtype, asked);
            accepted(subtype, body, answer);
            return answer;
        } catch (SessionInterruptedException e) {
            asked.thenAcceptAsync(answer -> accepted(subtype, body, answer), Thread::startVirtualThread);
            throw e;
        }
    }

    private void accepted(String subtype, ObjectNode body, JsonNode answer) {
        if (note(subtype, body, answer)) {
            if (subtype.equals(FLAGS) && body.path("settings").has("permissions")) {
                allow(); // these have replaced those that were given before
            }
            listener.run();
        }
    }

    private synchronized boolean note(String subtype, ObjectNode body, JsonNode answer) {
        if (subtype.equals("set_cwd") && !answer.path("status").asText("ok").equals("ok")) {
            return false; // it says so in an answer, not in an error
        }
        if (subtype.equals("set_permission_mode")) {
            permissionMode = new PermissionMode(body.path("mode").asText());
            modeChanged = true;
        } else if (subtype.equals("set_model")) {
            modelChanged = true;
            model = body.path("model").textValue();
        } else if (REPLAYED.containsKey(subtype)) {
            String key = subtype + " "
                    + body.path(REPLAYED.getOrDefault(subtype, "")).asText();
            Request before = requests.remove(key); // the order is that of the latest ones
            requests.put(key, new Request(subtype, merged(subtype, before, body)));
        } else {
            return false;
        }
        return true;
    }

    /** What was requested and concealed so far belongs to the start: whoever starts the next process does it again. */
    public synchronized void begin() {
        requests.clear();
        secrets.clear();
    }

    /** Flag settings add up; of everything else the latest counts. */
    private static ObjectNode merged(String subtype, @Nullable Request before, ObjectNode body) {
        if (before == null || !subtype.equals(FLAGS)) {
            return body.deepCopy();
        }
        ObjectNode all = before.body.deepCopy();
        body.path("settings")
                .properties()
                .forEach(setting -> all.withObjectProperty("settings").set(setting.getKey(), setting.getValue()));
        return all;
    }

    /** Pump: the permission mode also changes without a request, as when a plan is approved. */
    void note(Message message) {
        PermissionMode told = switch (message) {
            case InitMessage init -> init.permissionMode();
            case StatusMessage status -> status.permissionMode();
            default -> null;
        };
        if (told != null && !told.value().isBlank() && isNew(told)) {
            Thread.startVirtualThread(listener); // the pump must not wait
        }
    }

    private synchronized boolean isNew(PermissionMode told) {
        boolean other = permissionMode != null && !permissionMode.equals(told);
        modeChanged |= other;
        permissionMode = told;
        return other;
    }

    /** What errors must not show. */
    synchronized void conceal(Collection<String> more) {
        secrets.addAll(more);
    }

    synchronized Set<String> secrets() {
        return Set.copyOf(secrets);
    }

    /** The answer to a permission request carries these. */
    public void answered(List<PermissionUpdate> updates) {
        List<String> before = rules.rules(PermissionBehavior.ALLOW);
        rules.add(updates);
        if (!rules.rules(PermissionBehavior.ALLOW).containsAll(before)) {
            allow(); // the CLI has removed it from the session's, where the inherited ones are not
        }
        listener.run();
    }

    /**
     * Gives the CLI the inherited rules that allow something, with {@code flags}: unlike those of the launch they can be
     * taken back.
     */
    void allowWith(Function<ObjectNode, CompletableFuture<JsonNode>> flags) {
        if (!rules.rules(PermissionBehavior.ALLOW).isEmpty()) {
            this.flags = flags;
            Waiting.await("the rules of the process before", allow());
        }
    }

    /** A rule that the CLI does not get allows nothing, so the session can do without. */
    private synchronized CompletableFuture<?> allow() {
        Function<ObjectNode, CompletableFuture<JsonNode>> give = flags;
        if (give == null) {
            return CompletableFuture.completedFuture(null);
        }
        return give.apply(allowing()).handle((answer, failure) -> {
            if (failure != null) {
                log.warn("The CLI did not take over which permission rules hold: {}", failure.getMessage());
            }
            return answer;
        });
    }

    /** The permissions of the flag settings that were requested, and the rules of the session in addition. */
    @GuardedBy("this")
    private ObjectNode allowing() {
        ObjectNode body = Json.object();
        ObjectNode permissions = body.putObject("settings").putObject("permissions");
        Request requested = requests.get(FLAGS + " ");
        if (requested != null && requested.body.path("settings").path("permissions") instanceof ObjectNode own) {
            permissions.setAll(own.deepCopy());
        }
        ArrayNode allow = Json.object().putArray("allow");
        permissions.path("allow").forEach(allow::add);
        rules.rules(PermissionBehavior.ALLOW).forEach(allow::add);
        permissions.set("allow", allow);
        return body;
    }

    /** The permission mode that the CLI is in, or null if it did not say. */
    public synchronized @Nullable PermissionMode permissionMode() {
        return permissionMode;
    }

    /** Whether another model was set. */
    public synchronized boolean modelChanged() {
        return modelChanged;
    }

    /** The model that was set, null for the default. */
    public synchronized @Nullable String model() {
        return model;
    }

    /** The rules that hold for the session. */
    public SessionRules rules() {
        return rules;
    }

    /** Whether the tools of the conversation may be others than those of its options. */
    public synchronized boolean aboutTools() {
        return !rules.isEmpty() || requests.values().stream().anyMatch(request -> ABOUT_MCP.contains(request.subtype));
    }

    /** Takes over what was changed in an earlier process of the conversation. */
    void inherit(Changes earlier) {
        synchronized (earlier) {
            synchronized (this) {
                permissionMode = earlier.permissionMode;
                modeChanged |= earlier.modeChanged;
                modelChanged = earlier.modelChanged;
                model = earlier.model;
                requests.putAll(earlier.requests);
            }
        }
        rules.inherit(earlier.rules);
    }

    /**
     * Repeats, in order, what is not an option of the launch; MCP servers first, because others are about them.
     *
     * @param sameOptions whether the options of the process are those with which all this was accepted
     */
    void replay(SessionCore core, boolean sameOptions) {
        List<Request> all;
        synchronized (this) {
            all = requests.values().stream()
                    .sorted(Comparator.comparing(request -> !request.subtype.equals("mcp_set_servers")))
                    .toList();
        }
        all.forEach(request -> replay(request, core, sameOptions));
    }

    private static void replay(Request request, SessionCore core, boolean sameOptions) {
        try {
            core.control(request.subtype, request.body.deepCopy());
        } catch (ControlException e) {
            boolean nothingIsAllowedByThat = request.subtype.equals("register_repo_root")
                    || (!sameOptions && ABOUT_ONE_SERVER.contains(request.subtype));
            if (!nothingIsAllowedByThat) {
                throw e;
            }
            log.warn("What was changed by {} does not hold in the next process: {}", request.subtype, e.getMessage());
        }
    }

    // ---- for the next JVM

    /**
     * What another JVM has to know. What only the options say is not in it: they may be others there. It may have what
     * was given to MCP servers to log in with.
     */
    public ObjectNode toJson() {
        ObjectNode json = Json.object();
        synchronized (this) {
            if (modeChanged && permissionMode != null) {
                json.put("permissionMode", permissionMode.value());
            }
            if (modelChanged) {
                json.putObject("model").put("name", model);
            }
            ArrayNode all = json.putArray("requests");
            requests.values()
                    .forEach(request ->
                            all.addObject().put("subtype", request.subtype).set("body", request.body.deepCopy()));
            ArrayNode concealed = json.putArray("secrets");
            secrets.stream().sorted().forEach(concealed::add);
        }
        json.set("rules", rules.toJson());
        return json;
    }

    /**
     * What {@link #toJson} has written.
     *
     * @throws IllegalArgumentException if it is something else; the message has no value of it
     */
    public static Changes fromJson(JsonNode json) {
        Check.that(json.isObject(), "changes must be an object");
        Changes changes = new Changes();
        JsonNode mode = json.path("permissionMode");
        JsonNode model = json.path("model");
        Check.that(
                mode.isMissingNode() || (mode.isTextual() && !mode.textValue().isBlank()), "permissionMode is no text");
        Check.that(
                model.isMissingNode()
                        || model.path("name").isTextual()
                        || model.path("name").isNull(),
                "model must have a name");
        synchronized (changes) {
            changes.permissionMode = mode.isMissingNode() ? null : new PermissionMode(mode.asText());
            changes.modeChanged = !mode.isMissingNode();
            changes.modelChanged = !model.isMissingNode();
            changes.model = model.path("name").textValue();
            Check.that(json.path("requests").isArray() && json.path("secrets").isArray(), "a list is missing");
            for (JsonNode request : json.path("requests")) {
                String subtype = request.path("subtype").asText();
                Check.that(
                        REPLAYED.containsKey(subtype) && request.path("body") instanceof ObjectNode,
                        "a request must be of a kind that is known, and have a body");
                changes.note(subtype, (ObjectNode) request.path("body"), Json.object());
            }
            json.path("secrets").forEach(secret -> changes.secrets.add(secret.asText()));
        }
        changes.rules.read(json.path("rules"));
        return changes;
    }
}
