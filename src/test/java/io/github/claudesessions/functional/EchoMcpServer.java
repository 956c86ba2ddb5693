package io.github.claudesessions.functional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A tiny MCP server over standard input and output, with one tool that says what the variable ECHO is. */
final class EchoMcpServer {
    private EchoMcpServer() {}

    /** The command that runs this class, the program first. */
    static String[] command() {
        return new String[] {
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            EchoMcpServer.class.getName()
        };
    }

    public static void main(String[] args) throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            JsonNode request = mapper.readTree(line);
            if (request.has("id")) {
                ObjectNode answer = mapper.createObjectNode().put("jsonrpc", "2.0");
                answer.set("id", request.get("id"));
                answer.set("result", result(mapper, request));
                out.println(answer);
            }
        }
    }

    private static ObjectNode result(ObjectMapper mapper, JsonNode request) {
        ObjectNode result = mapper.createObjectNode();
        switch (request.path("method").asText()) {
            case "initialize" -> {
                result.set("protocolVersion", request.path("params").path("protocolVersion"));
                result.putObject("capabilities").putObject("tools");
                result.putObject("serverInfo").put("name", "echo").put("version", "7");
            }
            case "tools/list" -> {
                ObjectNode tool = result.putArray("tools").addObject();
                tool.put("name", "say").put("description", "Says it");
                tool.putObject("inputSchema").put("type", "object");
            }
            case "tools/call" ->
                result.putArray("content")
                        .addObject()
                        .put("type", "text")
                        .put("text", "ECHO is " + System.getenv("ECHO"));
            default -> {}
        }
        return result;
    }
}
