/**
 * Hooks: code that the CLI runs at certain {@link io.github.claudesessions.hook.HookEvent events}, before or after what
 * they are about. {@link io.github.claudesessions.hook.Hooks Hooks} collects those of a session.
 */
@NullMarked
package io.github.claudesessions.hook;

import org.jspecify.annotations.NullMarked;
