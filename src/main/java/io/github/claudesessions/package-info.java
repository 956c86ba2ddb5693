/**
 * Typed, supervised, streaming conversations with Claude Code. This library installs the Claude Code binary that it is
 * pinned to, runs it as a child process, and ends it again.
 *
 * <h2>Where to start</h2>
 *
 * <ul>
 *   <li>{@link io.github.claudesessions.Claude}: one prompt, one answer.
 *   <li>{@link io.github.claudesessions.ClaudeSession}: a conversation, with one process of its own.
 *   <li>{@link io.github.claudesessions.ClaudeOptions}: everything that is chosen before either starts.
 *   <li>{@link io.github.claudesessions.WarmSpares}: processes that are ready before a session needs one.
 *   <li>{@link io.github.claudesessions.Messages}: mappers and collectors for streams of messages.
 *   <li>{@link io.github.claudesessions.Isolation}: a folder for each tenant, and nothing from outside it.
 *   <li>{@link io.github.claudesessions.Doctor}: whether sessions can run on this machine.
 * </ul>
 *
 * {@snippet file="io/github/claudesessions/ReadmeTest.java" region="session"}
 *
 * <h2>Turns</h2>
 *
 * <p>A turn is a prompt and all that the model does about it, and ends with one
 * {@link io.github.claudesessions.message.ResultMessage ResultMessage}. The turns of a session run one at a time, in
 * the order of the calls. A stream starts nothing before its terminal operation; closing it early interrupts the turn,
 * so close every stream that may not be read to its end. What background work starts after a turn is not part of it;
 * {@link io.github.claudesessions.ClaudeSession#onMessage onMessage} hears that too.
 *
 * <h2>Threads and null</h2>
 *
 * <p>Options and messages are immutable. Any thread may use a session; builders and streams are for one thread each.
 * Handlers of permissions, hooks and tools are called on virtual threads, several at once if need be. A callback can't
 * start a turn of its own session. An interrupt of a waiting thread interrupts its turn, and the session stays usable.
 *
 * <p>Nothing is null, as argument or result, unless it is marked {@code @Nullable}; what may be missing is an
 * {@link java.util.Optional Optional}. A null argument is a {@link NullPointerException} that names it.
 *
 * <h2>What differs from the terminal</h2>
 *
 * <p>Of the home folder of the user only the login is used: by default the system prompt is empty, no settings files, no
 * CLAUDE.md and no plugins are read, and messages from other sessions are refused. Tools that need a permission are
 * refused unless the options allow them or a handler does. The environment of this JVM is passed on, without debugger
 * variables and the markers of an outer Claude Code. An option changes each of these.
 *
 * <h2>Errors</h2>
 *
 * <p>All are unchecked, below {@link io.github.claudesessions.error.ClaudeException ClaudeException}, and carry facts.
 * A query whose turn ends with an error throws
 * {@link io.github.claudesessions.error.TurnFailedException TurnFailedException}; a stream of messages delivers that
 * result like any other. A wrong option is an {@link IllegalArgumentException} when it is set or built.
 *
 * <h2>Testing</h2>
 *
 * <p>{@link io.github.claudesessions.testing.FakeClaude FakeClaude} stands in for the process, and
 * {@link io.github.claudesessions.testing.FakeAnthropicApi FakeAnthropicApi} for the model behind the real CLI.
 */
@NullMarked
package io.github.claudesessions;

import org.jspecify.annotations.NullMarked;
