package io.github.claudesessions;

import io.github.claudesessions.message.PermissionMode;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells of a permission handler that the other options leave nothing to decide. */
final class NeverAsked {
    private static final Logger log = LoggerFactory.getLogger("io.github.claudesessions.permissions");
    private static final Set<PermissionMode> ASKING_NOBODY =
            Set.of(PermissionMode.BYPASS_PERMISSIONS, PermissionMode.DONT_ASK);

    private final boolean handled;
    private final AtomicBoolean told;

    /** For the changes of a session with these options. */
    NeverAsked(ClaudeOptions options) {
        this.handled = options.permissionHandler().isPresent();
        this.told = new AtomicBoolean(
                options.permissionMode().filter(ASKING_NOBODY::contains).isPresent());
    }

    /** The mode is another one from now on. */
    void changed(PermissionMode mode) {
        if (handled && ASKING_NOBODY.contains(mode) && told.compareAndSet(false, true)) {
            log.warn("{}", inMode(mode));
        }
    }

    /** Once per session, not for each of its processes. */
    static void warn(ClaudeOptions options) {
        String why = reason(options);
        if (why != null) {
            log.warn("{}", why);
        }
    }

    /** Why the handler is not asked, or null if there is none or nothing keeps it from being asked. */
    static @Nullable String reason(ClaudeOptions options) {
        if (options.permissionHandler().isEmpty()) {
            return null;
        }
        if (options.permissionPrompts().equals(PermissionPrompts.NONE)) {
            return "The permission handler is never asked: permissionPrompts is " + PermissionPrompts.NONE;
        }
        PermissionMode mode = options.permissionMode().orElse(PermissionMode.DEFAULT);
        if (ASKING_NOBODY.contains(mode)) {
            return inMode(mode);
        }
        List<String> bare = options.allowedTools().stream()
                .filter(rule -> rule.indexOf('(') < 0)
                .toList();
        if (bare.isEmpty()) {
            return null;
        }
        boolean all = options.tools()
                .map(tools -> !tools.isEmpty() && bare.containsAll(tools))
                .orElse(false);
        return all
                ? "The permission handler is never asked about a built-in tool: allowedTools allows them all"
                : "The permission handler is not asked about %s, which allowedTools allows without a condition"
                        .formatted(String.join(", ", bare));
    }

    private static String inMode(PermissionMode mode) {
        return "The permission handler is never asked in permission mode " + mode;
    }
}
