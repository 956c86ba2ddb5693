package io.github.claudesessions.internal.protocol;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.claudesessions.internal.json.Json;
import io.github.claudesessions.permission.PermissionUpdate;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The changes of permissions that an answer carries: those that the CLI accepts are sent, and what is sent is kept. */
final class UpdateAnswers {
    private static final Logger log = LoggerFactory.getLogger(UpdateAnswers.class);
    private static final String FIELD = "updatedPermissions";

    private final Changes changes;

    /** Tells {@code changes} of what is sent. */
    UpdateAnswers(Changes changes) {
        this.changes = changes;
    }

    /**
     * Puts {@code updates} into {@code answer}, in place of what it has.
     *
     * @param asked what is answered, for the log
     * @param suggested what the CLI itself has made, so that it takes it back whatever it is
     * @param call a change counts only if its answer is sent: the CLI does not know of one that came too late
     */
    void put(
            ObjectNode answer,
            List<PermissionUpdate> updates,
            Object asked,
            List<PermissionUpdate> suggested,
            ControlRouter.Call call) {
        answer.remove(FIELD);
        List<PermissionUpdate> sent = updates.stream()
                .filter(update -> suggested.contains(update) || acceptable(update, asked))
                .toList();
        if (!sent.isEmpty()) {
            ArrayNode array = answer.putArray(FIELD);
            sent.forEach(update -> array.add(Json.objectOf(update.toMap())));
            call.onAnswer(() -> changes.answered(sent));
        }
    }

    /** One malformed change would make the CLI refuse the whole answer. */
    private static boolean acceptable(PermissionUpdate update, Object asked) {
        String problem = UpdateCheck.problem(update);
        if (problem != null) {
            log.warn("A change of permissions was left out of the answer to {}: {}", asked, problem);
        }
        return problem == null;
    }
}
