/** Typed, supervised, streaming conversations with Claude Code. */
@NullMarked
package io.github.claudesessions;

import org.jspecify.annotations.NullMarked;
