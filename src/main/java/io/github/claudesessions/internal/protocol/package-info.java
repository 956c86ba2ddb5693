/** The conversation with one Claude Code process: control requests, turns, closing. */
@NullMarked
package io.github.claudesessions.internal.protocol;

import org.jspecify.annotations.NullMarked;
