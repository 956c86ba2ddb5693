package io.github.claudesessions;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** The accessors of what {@link PolicySetters} sets. */
abstract sealed class PolicyOptions extends ExtensionOptions permits ClaudeOptions {
    PolicyOptions(Map<Option<?>, Object> values) {
        super(values);
    }

    /** The settings, which can hold secrets. */
    public Map<String, Object> settings() {
        return valueOf(Option.SETTINGS);
    }

    /** The settings above all others. */
    public Map<String, Object> managedSettings() {
        return valueOf(Option.MANAGED_SETTINGS);
    }

    /** The walls around commands, if they were chosen. */
    public Optional<Sandbox> sandbox() {
        return Optional.ofNullable(get(Option.SANDBOX));
    }

    /** What the session may see of the machine, if that is limited. */
    public Optional<Isolation> isolation() {
        return Optional.ofNullable(get(Option.ISOLATION));
    }

    /** Whether permissions may be bypassed later. */
    public boolean allowDangerouslySkipPermissions() {
        return valueOf(Option.ALLOW_DANGEROUSLY_SKIP_PERMISSIONS);
    }

    /** Who answers when a tool needs permission. */
    public PermissionPrompts permissionPrompts() {
        return valueOf(Option.PERMISSION_PROMPTS);
    }

    /** The folder of the project's configuration, absolute, if it is not the working directory. */
    public Optional<Path> projectConfigRoot() {
        return Optional.ofNullable(get(Option.PROJECT_CONFIG_ROOT));
    }

    /** Whether files are kept as they were before each prompt. */
    public boolean enableFileCheckpointing() {
        return valueOf(Option.ENABLE_FILE_CHECKPOINTING);
    }

    /** The categories of the debug log; the empty text is all of them, an empty {@code Optional} no log. */
    public Optional<String> debug() {
        return Optional.ofNullable(get(Option.DEBUG));
    }

    /** The file for the debug log, absolute, if it was chosen. */
    public Optional<Path> debugFile() {
        return Optional.ofNullable(get(Option.DEBUG_FILE));
    }

    /** The name of this application, if it was set. */
    public Optional<String> clientApp() {
        return Optional.ofNullable(get(Option.CLIENT_APP));
    }

    /** The trace that the session is part of, if it was set. */
    public Optional<TraceContext> traceContext() {
        return Optional.ofNullable(get(Option.TRACE_CONTEXT));
    }
}
