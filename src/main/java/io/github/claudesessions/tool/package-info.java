/**
 * Tools that run in this JVM: the model calls them as it calls those of an MCP server. The package
 * {@link io.github.claudesessions.schema} tells which records can be their input.
 */
@NullMarked
package io.github.claudesessions.tool;

import org.jspecify.annotations.NullMarked;
