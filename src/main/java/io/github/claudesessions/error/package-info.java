/** What can go wrong: one unchecked root, {@link io.github.claudesessions.error.ClaudeException}, and final leaves that carry facts. */
@NullMarked
package io.github.claudesessions.error;

import org.jspecify.annotations.NullMarked;
