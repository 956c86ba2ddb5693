/**
 * Finding, installing and identifying the Claude Code binary.
 *
 * <p>{@link io.github.claudesessions.cli.ClaudeCli} says which binary runs:
 *
 * <ul>
 *   <li>{@code ClaudeCli.managed()}, the default: the version that this library is tested with. It is installed on first
 *       use, once for all JVMs of a user, below {@code $CLAUDE_SESSIONS_CLI_DIR} or else {@code claude-sessions/cli} in
 *       the user's cache folder ({@code $XDG_CACHE_HOME} or {@code ~/.cache}; {@code ~/Library/Caches};
 *       {@code %LOCALAPPDATA%}). Who may only read that folder can use what is installed there.
 *   <li>{@code ClaudeCli.system()}: what is on the PATH or where the installers put it.
 *   <li>{@code ClaudeCli.at("/path/to/claude")} or {@code ClaudeCli.at("name-on-the-path")}.
 * </ul>
 *
 * <p>A managed binary comes from the vendor's release host, with the proxy settings of the JVM, or, where that fails,
 * from the npm on the PATH, with the npm settings of the machine. {@code CLAUDE_SESSIONS_CLI_SOURCE} changes that:
 * {@code npm} or {@code vendor} for one of them only, {@code npm,vendor} for the other order. Either way the size and
 * SHA-256 that are in this library decide whether the file is taken.
 *
 * <p>To show how the installation goes on, or to have it done before the first session:
 *
 * {@snippet file="io/github/claudesessions/cli/PinnedCliTest.java" region="install"}
 *
 * <p>For an image build there is {@link io.github.claudesessions.cli.InstallCli}.
 *
 * <p>All types are safe for use by several threads, except a {@link io.github.claudesessions.cli.Progress}, which
 * serves one installation. Nothing may be null.
 */
@NullMarked
package io.github.claudesessions.cli;

import org.jspecify.annotations.NullMarked;
