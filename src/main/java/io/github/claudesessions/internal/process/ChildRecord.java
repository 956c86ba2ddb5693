package io.github.claudesessions.internal.process;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.claudesessions.internal.Check;
import io.github.claudesessions.internal.json.Json;
import org.jspecify.annotations.Nullable;

/**
 * A process of the CLI, as it is noted for the next JVM.
 *
 * @param process the process
 * @param marker what those have in their environment that it started, or null if that is not known
 * @param sessionId its conversation, or null if only the CLI knows it
 * @param owner the JVM that it works for
 */
public record ChildRecord(
        ProcessIdentity process,
        @Nullable String marker,
        @Nullable String sessionId,
        Owner owner) {
    /** The process {@code pid}, which this JVM has started. */
    public static ChildRecord of(long pid, @Nullable String sessionId) {
        String marker = Marker.of(pid);
        boolean inherited = marker != null && marker.equals(System.getenv(Marker.NAME));
        return new ChildRecord(ProcessIdentity.of(pid), inherited ? null : marker, sessionId, Owner.SELF);
    }

    public ObjectNode toJson() {
        ObjectNode json = identity(process).put("marker", marker).put("session", sessionId);
        json.set("owner", identity(owner.process()).put("pidNamespace", owner.pidNamespace()));
        return json;
    }

    /**
     * The record that {@link #toJson} has written.
     *
     * @throws IllegalArgumentException if it is something else
     */
    public static ChildRecord fromJson(JsonNode json) {
        JsonNode owner = json.path("owner");
        String sessionId = text(json, "session");
        Check.that(sessionId == null || Check.isUuid(sessionId), "session must be a UUID");
        return new ChildRecord(
                identity(json),
                text(json, "marker"),
                sessionId,
                new Owner(identity(owner), text(owner, "pidNamespace")));
    }

    private static ObjectNode identity(ProcessIdentity process) {
        return Json.object()
                .put("pid", process.pid())
                .put("started", process.started())
                .put("boot", process.boot());
    }

    private static ProcessIdentity identity(JsonNode json) {
        long pid = number(json, "pid");
        Check.that(pid > 0, "pid must be that of a process, was %d", pid);
        return new ProcessIdentity(pid, number(json, "started"), text(json, "boot"));
    }

    private static long number(JsonNode json, String name) {
        JsonNode value = json.path(name);
        Check.that(value.isIntegralNumber() && value.canConvertToLong(), "%s must be a number", name);
        return value.longValue();
    }

    private static @Nullable String text(JsonNode json, String name) {
        JsonNode value = json.path(name);
        Check.that(value.isTextual() || value.isNull() || value.isMissingNode(), "%s must be a text", name);
        return value.isTextual() && !value.textValue().isEmpty() ? value.textValue() : null;
    }
}
