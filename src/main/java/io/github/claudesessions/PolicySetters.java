package io.github.claudesessions;

import io.github.claudesessions.internal.Check;
import java.nio.file.Path;
import java.util.Map;

/** What is in force in a session: settings, sandbox, permissions; and what can be seen of it from outside. */
abstract sealed class PolicySetters<B> extends ExtensionSetters<B> permits ClaudeOptions.Builder {
    PolicySetters(Map<Option<?>, Object> values) {
        super(values);
    }

    /**
     * Settings of Claude Code, as a settings file has them, with JSON values. They win over those of the
     * {@link #settingSources}. Default: none. Opening a session fails if the CLI does not understand one of them. Replaces
     * what was set; {@code toString} shows the names only.
     */
    public B settings(Map<String, ?> settings) {
        return set(Option.SETTINGS, JsonValues.object("settings", settings));
    }

    /**
     * The settings in a file, which is read now; see {@link #settings(Map)}.
     *
     * @throws java.io.UncheckedIOException if the file can't be read
     */
    public B settings(Path file) {
        return set(Option.SETTINGS, JsonValues.file("settings", file));
    }

    /**
     * Settings in force above all others, which neither settings files nor the model can loosen, with JSON values. For
     * restrictions only: the CLI leaves out what would permit more. Default: none. Opening a session fails if one of them
     * is not in force, be it that the CLI does not take it as a policy or that the machine has policies of its own.
     * Replaces what was set; {@code toString} shows the names only.
     */
    public B managedSettings(Map<String, ?> settings) {
        return set(Option.MANAGED_SETTINGS, JsonValues.object("managedSettings", settings));
    }

    /** The walls around the commands that the model runs. Default: what the settings say, else none. */
    public B sandbox(Sandbox sandbox) {
        return set(Option.SANDBOX, Check.notNull("sandbox", sandbox));
    }

    /**
     * Whether {@code setPermissionMode} may later set
     * {@link io.github.claudesessions.message.PermissionMode#BYPASS_PERMISSIONS BYPASS_PERMISSIONS}. It does not bypass
     * anything by itself. Default: false. The CLI refuses it to the root user unless {@code IS_SANDBOX=1} is in its
     * environment.
     */
    public B allowDangerouslySkipPermissions(boolean allow) {
        return set(Option.ALLOW_DANGEROUSLY_SKIP_PERMISSIONS, allow);
    }

    /**
     * What the session may see of the machine besides what these options name. Default: the user's login and environment.
     *
     * <p>With it, {@link ClaudeOptions.Builder#build} refuses what contradicts it: {@code settingSources},
     * {@code peerMessaging}, {@code projectConfigRoot}, an {@code inheritEnv} that is not a list of names, a
     * {@code cwd} outside the tenant's working folder, and the variables and settings for configuration folders, memory
     * and credentials.
     */
    public B isolation(Isolation isolation) {
        return set(Option.ISOLATION, Check.notNull("isolation", isolation));
    }

    /** Who answers when a tool needs permission. Default: {@link PermissionPrompts#HOST}. */
    public B permissionPrompts(PermissionPrompts target) {
        return set(Option.PERMISSION_PROMPTS, Check.notNull("permissionPrompts", target));
    }

    /**
     * The folder whose project settings, {@code .mcp.json} and {@code .claude} folder the session uses in place of those
     * of {@link #cwd}, so that a branch that is checked out there does not configure it; {@code CLAUDE.md} is still that of
     * the working directory. Default: the working directory. It must exist when the session opens.
     */
    public B projectConfigRoot(Path folder) {
        return set(Option.PROJECT_CONFIG_ROOT, Rules.path("projectConfigRoot", folder));
    }

    /** Whether files are kept as they were before each prompt, for {@code rewindFiles}. Default: false. */
    public B enableFileCheckpointing(boolean enable) {
        return set(Option.ENABLE_FILE_CHECKPOINTING, enable);
    }

    /** Whether the CLI writes a debug log, into {@link #debugFile} or its own folder. Default: false. */
    public B debug(boolean debug) {
        return debug ? set(Option.DEBUG, "") : unset(Option.DEBUG);
    }

    /** Has the CLI write a debug log of some categories, such as {@code api,hooks} or {@code !hooks}. */
    public B debug(String categories) {
        return set(Option.DEBUG, Rules.argument("debug", categories));
    }

    /** The file for the debug log, which this turns on. Default: none. It can hold prompts and answers. */
    public B debugFile(Path file) {
        return set(Option.DEBUG_FILE, Rules.path("debugFile", file));
    }

    /**
     * The name of this application in the {@code User-Agent} of requests to the API, such as {@code my-app/1.0}. Default:
     * the name of this library.
     */
    public B clientApp(String name) {
        return set(Option.CLIENT_APP, Rules.product("clientApp", name));
    }

    /** The trace that the session is part of. Default: what the environment says. */
    public B traceContext(TraceContext trace) {
        return set(Option.TRACE_CONTEXT, Check.notNull("traceContext", trace));
    }
}
