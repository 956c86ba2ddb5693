/**
 * Servers of the official MCP SDK for Java in a session. Needs {@code io.modelcontextprotocol.sdk:mcp-core} and one of
 * its JSON modules, which are no dependency of this library otherwise.
 */
@NullMarked
package io.github.claudesessions.mcp;

import org.jspecify.annotations.NullMarked;
