package io.github.claudesessions;

import io.github.claudesessions.hook.Hooks;
import io.github.claudesessions.internal.Check;
import io.github.claudesessions.permission.PermissionHandler;
import java.time.Duration;
import java.util.Map;

/** Code of the host that the CLI asks while it works. */
abstract sealed class CallbackSetters<B> extends McpSetters<B> permits ConversationSetters {
    CallbackSetters(Map<Option<?>, Object> values) {
        super(values);
    }

    /**
     * Who decides about the tool calls that no rule allows or denies. Default: nobody, and the CLI denies them. Setting it
     * is enough to be asked; it is not asked about what {@link #allowedTools}, the permission mode or a hook allows already.
     */
    public B permissionHandler(PermissionHandler handler) {
        return set(Option.PERMISSION_HANDLER, Check.notNull("permissionHandler", handler));
    }

    /**
     * The longest time that the permission handler may take for one call, at most 365 days; then the call is denied.
     * Default: no limit, since a person may have to be asked.
     */
    public B permissionTimeout(Duration timeout) {
        return set(Option.PERMISSION_TIMEOUT, Rules.timeout("permissionTimeout", timeout));
    }

    /** The code that the CLI runs at certain events. Default: none. Replaces what was set. */
    public B hooks(Hooks hooks) {
        return set(Option.HOOKS, Check.notNull("hooks", hooks));
    }
}
