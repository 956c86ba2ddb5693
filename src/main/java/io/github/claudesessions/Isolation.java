package io.github.claudesessions;

import io.github.claudesessions.internal.Check;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a session may see of the machine besides what its options name. For a platform that serves many tenants: each
 * gets a folder of its own, and its sessions find nothing but what is there and what the host passes.
 *
 * {@snippet file="io/github/claudesessions/functional/TenantTest.java" region="tenant"}
 *
 * <p>A session with {@link #tenant} has
 *
 * <ul>
 *   <li>{@link #configDir()} as its configuration folder: transcripts, file history and a login are the tenant's own;
 *   <li>{@link #homeDir()} as its {@code HOME}, and {@link #workDir()} as its working directory, unless {@code cwd} names
 *       a folder below it;
 *   <li>no settings files, {@code CLAUDE.md}, {@code .mcp.json}, hooks, agents, skills or plugins but those that the
 *       options name, and no automatic memory;
 *   <li>the environment of {@link InheritEnv#minimal()} and of {@code env}, unless {@code inheritEnv} names variables;
 *   <li>the {@code apiKey} by an {@code apiKeyHelper} that reads it from a private file, which lives as long as the
 *       process: commands that the model runs do not have it in their environment.
 * </ul>
 *
 * <p>All that is verified. What the CLI itself says that it has is compared with the options, before the first prompt and
 * again at the start of the first turn; anything else fails with an
 * {@link io.github.claudesessions.error.IsolationException IsolationException} that names it. That includes what an
 * administrator has put in place for the whole machine (managed settings with their hooks, agents, skills): it can't be
 * left out of a session, only be {@linkplain #expecting expected}. A managed {@code CLAUDE.md} is left out. With a managed
 * MCP configuration the CLI does not start in isolation; it says so. Managed settings that come from the vendor's servers
 * or are changed while a session runs are not noticed.
 *
 * <p>This separates configuration and state. It is no wall: the commands that the model runs are processes of this JVM's
 * user, who can read every tenant's folders and the file with the key. Against a hostile tenant use a
 * {@link ClaudeOptions.Builder#sandbox sandbox}, or a user or a container for each tenant.
 *
 * <p>Needs folders with POSIX permissions. With a {@code transport}, the tenant's folder and {@code java.io.tmpdir} must
 * be reachable by the same names where the CLI runs. Immutable and safe for use by several threads.
 */
public final class Isolation {
    private final Path dir;
    private final Set<String> expected;

    private Isolation(Path dir, Set<String> expected) {
        this.dir = dir;
        this.expected = expected;
    }

    /**
     * The isolation of one tenant.
     *
     * @param dir the tenant's folder. Opening a session makes it, open to its owner only, if it is missing, and refuses
     *     one that is a symbolic link, belongs to another user, or is open to others
     */
    public static Isolation tenant(Path dir) {
        Path folder = Rules.path("tenant dir", dir).normalize();
        Check.that(folder.getNameCount() > 0, "tenant dir must not be the root folder, was %s", folder);
        return new Isolation(folder, Set.of());
    }

    /**
     * This isolation, for sessions that may also have these.
     *
     * @param extras as {@link io.github.claudesessions.error.IsolationException#extras()} names them. Adds to what was
     *     expected before
     */
    public Isolation expecting(String... extras) {
        Set<String> all = new TreeSet<>(expected);
        Arrays.stream(Check.notNull("extras", extras))
                .map(extra -> Check.notBlank("extra", extra))
                .forEach(all::add);
        return new Isolation(dir, Collections.unmodifiableSet(all));
    }

    /** The tenant's folder, absolute. */
    public Path dir() {
        return dir;
    }

    /** {@code config} in the tenant's folder: the {@code CLAUDE_CONFIG_DIR} of its sessions. */
    public Path configDir() {
        return dir.resolve("config");
    }

    /** {@code home} in the tenant's folder: the {@code HOME} of its sessions. */
    public Path homeDir() {
        return dir.resolve("home");
    }

    /** {@code work} in the tenant's folder: where its sessions work. */
    public Path workDir() {
        return dir.resolve("work");
    }

    /** What sessions may have besides. */
    public Set<String> expected() {
        return expected;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Isolation that && dir.equals(that.dir) && expected.equals(that.expected);
    }

    @Override
    public int hashCode() {
        return 31 * dir.hashCode() + expected.hashCode();
    }

    @Override
    public String toString() {
        return "tenant " + dir + (expected.isEmpty() ? "" : " expecting " + expected);
    }
}
