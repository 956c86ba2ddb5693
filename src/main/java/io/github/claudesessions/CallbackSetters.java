package io.github.claudesessions;

import io.github.claudesessions.dialog.UserDialogHandler;
import io.github.claudesessions.elicitation.ElicitationHandler;
import io.github.claudesessions.hook.Hooks;
import io.github.claudesessions.internal.Check;
import io.github.claudesessions.permission.PermissionHandler;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
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

    /**
     * Who answers what MCP servers outside this JVM ask of the user. Default: nobody, and every question is declined.
     */
    public B elicitationHandler(ElicitationHandler handler) {
        return set(Option.ELICITATION_HANDLER, Check.notNull("elicitationHandler", handler));
    }

    /**
     * The longest time that the elicitation handler may take for one question, at most 365 days; then the question is
     * cancelled. Default: no limit, since a person may have to be asked.
     */
    public B elicitationTimeout(Duration timeout) {
        return set(Option.ELICITATION_TIMEOUT, Rules.timeout("elicitationTimeout", timeout));
    }

    /**
     * Who shows the dialogs that the CLI asks its host for. Default: nobody. The CLI asks only for those of the kinds in
     * {@link #supportedDialogKinds}, so without that for none.
     */
    public B userDialogHandler(UserDialogHandler handler) {
        return set(Option.USER_DIALOG_HANDLER, Check.notNull("userDialogHandler", handler));
    }

    /**
     * The kinds of dialogs that the {@link #userDialogHandler} can show, each as the CLI names it, for example
     * {@code refusal_fallback_prompt}; they need one. Default: none. Replaces what was set.
     */
    public B supportedDialogKinds(String... kinds) {
        return supportedDialogKinds(Arrays.asList(Check.notNull("supportedDialogKinds", kinds)));
    }

    /** As {@link #supportedDialogKinds(String...)}. */
    public B supportedDialogKinds(Collection<String> kinds) {
        return set(
                Option.SUPPORTED_DIALOG_KINDS,
                Check.notNull("supportedDialogKinds", kinds).stream()
                        .map(kind -> Rules.word("supportedDialogKind", kind))
                        .toList());
    }

    /**
     * The tool that decides in place of a {@link #permissionHandler}: the full name, {@code mcp__server__tool}, of one that
     * an MCP server or a tool server of this session has. The CLI calls it with {@code tool_name}, {@code input} and
     * {@code tool_use_id}; its answer is a text, the JSON of {@code {"behavior": "allow", "updatedInput": {…}}} or
     * {@code {"behavior": "deny", "message": "…"}}. The model does not see it. Default: none. If the session has no such
     * tool, the first call that needs permission is denied and the CLI ends.
     */
    public B permissionPromptToolName(String tool) {
        return set(Option.PERMISSION_PROMPT_TOOL_NAME, Rules.mcpTool("permissionPromptToolName", tool));
    }

    /** The code that the CLI runs at certain events. Default: none. Replaces what was set. */
    public B hooks(Hooks hooks) {
        return set(Option.HOOKS, Check.notNull("hooks", hooks));
    }
}
