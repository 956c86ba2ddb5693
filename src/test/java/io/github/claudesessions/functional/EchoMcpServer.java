package io.github.claudesessions.functional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.claudesessions.McpServer;
import io.github.claudesessions.testing.JavaCommand;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A tiny MCP server over standard input and output, with one tool that says what the variable ECHO is. It waits for
 * SLOW milliseconds before it serves, and ends at once, complaining of ECHO, unless the file FAIL_ONCE is there.
 */
final class EchoMcpServer {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private EchoMcpServer() {}

    /** The command that runs this class, the program first. */
    static List<String> command() {
        return command(EchoMcpServer.class);
    }

    /** The command that runs a small program with little delay. */
    static List<String> command(Class<?> main) {
        return JavaCommand.of(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"), main);
    }

    /** A server that runs that command. */
    static McpServer.Stdio stdio(List<String> command) {
        return McpServer.stdio(
                command.getFirst(), command.subList(1, command.size()).toArray(String[]::new));
    }

    public static void main(String[] args) throws IOException, InterruptedException {
        Map<String, String> env = System.getenv();
        String echo = env.getOrDefault("ECHO", "");
        if (env.containsKey("FAIL_ONCE") && !Files.exists(Path.of(env.get("FAIL_ONCE")))) {
            Files.createFile(Path.of(env.get("FAIL_ONCE")));
            System.err.println("no service with " + echo);
            System.exit(3);
        }
        Thread.sleep(Long.parseLong(env.getOrDefault("SLOW", "0")));
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            ObjectNode answer = answer(MAPPER.readTree(line), echo);
            if (answer != null) {
                out.println(answer);
            }
        }
    }

    /** The response to a request; null for what is none. */
    static @Nullable ObjectNode answer(JsonNode request, String echo) {
        if (!request.has("id") || !request.has("method")) {
            return null;
        }
        ObjectNode answer = MAPPER.createObjectNode().put("jsonrpc", "2.0");
        answer.set("id", request.get("id"));
        ObjectNode result = answer.putObject("result");
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
                result.putArray("content").addObject().put("type", "text").put("text", "ECHO is " + echo);
            default -> {}
        }
        return answer;
    }
}
