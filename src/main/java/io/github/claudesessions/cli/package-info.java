/** Finding, installing and identifying the Claude Code binary. */
@NullMarked
package io.github.claudesessions.cli;

import org.jspecify.annotations.NullMarked;
