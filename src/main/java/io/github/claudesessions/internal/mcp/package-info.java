/** The in-process side of the Model Context Protocol. */
@NullMarked
package io.github.claudesessions.internal.mcp;

import org.jspecify.annotations.NullMarked;
