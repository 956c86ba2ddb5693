package io.github.claudesessions.message;

/**
 * The MCP server that a tool belongs to.
 *
 * @param name name of the server; empty if absent
 * @param source where the server's configuration came from; empty if absent
 */
public record McpProvenance(String name, String source) {}
