package io.github.claudesessions;

import io.github.claudesessions.error.LaunchException;
import io.github.claudesessions.internal.Check;
import io.github.claudesessions.internal.OwnedFolder;
import io.github.claudesessions.internal.PrivateFolder;
import io.github.claudesessions.internal.process.DeadFolders;
import io.github.claudesessions.internal.protocol.SessionCore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Opens sessions under an {@link Isolation}. */
final class Tenancy {
    private static final String NO_AUTO_MEMORY = "CLAUDE_CODE_DISABLE_AUTO_MEMORY";
    /** Also leaves out the one of the machine, which no list of sources does. */
    private static final String NO_INSTRUCTIONS = "CLAUDE_CODE_DISABLE_CLAUDE_MDS";

    /** Where the CLI looks for configuration and state. */
    private static final Set<String> PLACES = Set.of(
            "CLAUDE_CONFIG_DIR",
            "HOME",
            "USERPROFILE",
            "CLAUDE_SECURESTORAGE_CONFIG_DIR",
            "CLAUDE_CODE_ADDITIONAL_DIRECTORIES_CLAUDE_MD",
            "CLAUDE_CODE_REMOTE_MEMORY_DIR",
            "CLAUDE_COWORK_MEMORY_PATH_OVERRIDE",
            NO_AUTO_MEMORY,
            NO_INSTRUCTIONS);

    private static final Set<String> CREDENTIALS =
            Set.of("ANTHROPIC_API_KEY", "ANTHROPIC_AUTH_TOKEN", "CLAUDE_CODE_OAUTH_TOKEN");

    private static final Set<String> SETTINGS = Set.of("apiKeyHelper", "autoMemoryEnabled", "autoMemoryDirectory");

    private final ClaudeOptions options;
    private final Isolation isolation;

    private Tenancy(ClaudeOptions options, Isolation isolation) {
        this.options = options;
        this.isolation = isolation;
    }

    /** Refuses options that would undo what the isolation is for. */
    static void check(ClaudeOptions options) {
        options.isolation().ifPresent(isolation -> new Tenancy(options, isolation).check());
    }

    private void check() {
        refuse(
                "settingSources",
                options.settingSources(),
                !options.settingSources().isEmpty());
        refuse("peerMessaging", true, options.peerMessaging());
        refuse(
                "projectConfigRoot",
                options.projectConfigRoot().orElse(null),
                options.projectConfigRoot().isPresent());
        InheritEnv inherit = options.inheritEnv();
        refuse("inheritEnv", inherit, !inherit.equals(InheritEnv.standard()) && !inherit.isClosed());
        for (String name : PLACES) {
            refuse("inheritEnv", inherit, inherit.names(name));
            refuse("env", name, options.env().containsKey(name));
        }
        for (String name : CREDENTIALS) {
            Check.that(
                    !inherit.names(name) && options.env().getOrDefault(name, "").isEmpty(),
                    "env and inheritEnv must not come with isolation for credentials (use apiKey), was %s",
                    name);
        }
        for (String name : SETTINGS) {
            refuse("settings", name, options.settings().containsKey(name));
        }
        if (options.settings().get("env") instanceof Map<?, ?> variables) {
            variables
                    .keySet()
                    .forEach(name -> refuse("settings env", name, PLACES.contains(name) || CREDENTIALS.contains(name)));
        }
        options.cwd()
                .ifPresent(cwd -> Check.that(
                        cwd.normalize().startsWith(isolation.workDir()),
                        "cwd must be in %s because of isolation, was %s",
                        isolation.workDir(),
                        cwd));
    }

    private static void refuse(String option, @Nullable Object value, boolean contradicts) {
        Check.that(!contradicts, "%s must not come with isolation, was %s", option, value);
    }

    /** Starts a session, and closes it if it is not isolated. */
    static SessionCore open(ClaudeOptions options, Isolation isolation, Opening opening) {
        return new Tenancy(options, isolation).open(opening);
    }

    private SessionCore open(Opening opening) {
        folders();
        String key = options.apiKey().orElse(null);
        PrivateFolder keys = key == null ? null : keys();
        try {
            List<String> secrets = key == null ? List.of() : List.of(key);
            SessionCore core = SessionLauncher.launch(launched(keys, key), opening.with(secrets));
            if (keys != null) {
                core.released().thenRun(keys::close);
            }
            verify(core);
            return core;
        } catch (RuntimeException | Error e) {
            if (keys != null) {
                keys.close();
            }
            throw e;
        }
    }

    private static PrivateFolder keys() {
        PrivateFolder keys = PrivateFolder.create(DeadFolders.PREFIX + "key-");
        DeadFolders.mark(keys, -1);
        return keys;
    }

    private void verify(SessionCore core) {
        try {
            IsolationCheck check = new IsolationCheck(options, isolation);
            check.opened(core);
            core.facts().guard(check::turnBegun);
        } catch (RuntimeException | Error e) {
            core.close();
            throw e;
        }
    }

    /** The folders, which an earlier session of the tenant may have replaced by links to somewhere else. */
    private void folders() {
        try {
            for (Path folder :
                    List.of(isolation.dir(), isolation.configDir(), isolation.homeDir(), isolation.workDir())) {
                OwnedFolder.ensure(folder);
            }
            Path cwd = options.cwd().orElse(isolation.workDir());
            if (Files.exists(cwd)
                    && !cwd.toRealPath().startsWith(isolation.workDir().toRealPath())) {
                throw new IOException(cwd + " leads out of " + isolation.workDir());
            }
        } catch (IOException e) {
            throw new LaunchException(
                    "the tenant's folder can't be used: " + e.getMessage(), LaunchException.Reason.UNSAFE_FOLDER, e);
        }
    }

    private ClaudeOptions launched(@Nullable PrivateFolder keys, @Nullable String key) {
        ClaudeOptions.Builder launched = withoutKey(options, isolation).toBuilder();
        if (keys != null && key != null) {
            Map<String, Object> settings = new HashMap<>(options.settings());
            settings.put("apiKeyHelper", helper(keys.path(), key));
            launched.settings(settings);
            // commands can still read it; the tools for files can't, and a sandbox takes this over
            launched.disallowedTool("Read(/" + keys.path() + "/**)");
        }
        return launched.build();
    }

    /** What {@code options} mean under their isolation, but for the key. */
    static ClaudeOptions withoutKey(ClaudeOptions options, Isolation isolation) {
        Map<String, String> env = new HashMap<>(options.env());
        env.put("CLAUDE_CONFIG_DIR", isolation.configDir().toString());
        env.put("HOME", isolation.homeDir().toString());
        env.put(NO_AUTO_MEMORY, "1");
        env.put(NO_INSTRUCTIONS, "1");
        ClaudeOptions.Builder launched = options.toBuilder();
        launched.unset(Option.ISOLATION);
        launched.unset(Option.API_KEY);
        return launched.env(env)
                .cwd(options.cwd().orElse(isolation.workDir()))
                .inheritEnv(
                        options.inheritEnv().equals(InheritEnv.standard())
                                ? InheritEnv.minimal()
                                : options.inheritEnv())
                .strictMcpConfig(true)
                .build();
    }

    /** A command for the shell that prints the key. The file needs no right to be run: its file system may forbid it. */
    private static String helper(Path folder, String key) {
        Path file = folder.resolve("key");
        try {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(file, key + "\n");
        } catch (IOException e) {
            throw new LaunchException(
                    "the file for the API key can't be written: " + e.getMessage(),
                    LaunchException.Reason.UNSAFE_FOLDER,
                    e);
        }
        return "cat '" + file.toString().replace("'", "'\\''") + "'";
    }
}
