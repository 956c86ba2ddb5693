package io.github.claudesessions.functional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A tiny MCP server over standard input and output. Its tool {@code say} says what the variable ECHO is; {@code ask} asks
 * the user what its input says, in the words of the protocol, and tells what it got.
 */
final class AskingMcpServer {
    private static final String QUESTION = "question";

    private final ObjectMapper mapper = new ObjectMapper();
    private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    private final BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));

    private AskingMcpServer() {}

    /** The command that runs this class, the program first. */
    static List<String> command() {
        return EchoMcpServer.command(AskingMcpServer.class);
    }

    public static void main(String[] args) throws IOException {
        AskingMcpServer server = new AskingMcpServer();
        for (String line = server.in.readLine(); line != null; line = server.in.readLine()) {
            server.handle(server.mapper.readTree(line));
        }
    }

    private void handle(JsonNode request) throws IOException {
        if (request.has("id") && request.has("method")) {
            ObjectNode answer = message();
            answer.set("id", request.get("id"));
            answer.set("result", result(request.path("method").asText(), request.path("params")));
            out.println(answer);
        }
    }

    private ObjectNode message() {
        return mapper.createObjectNode().put("jsonrpc", "2.0");
    }

    private ObjectNode result(String method, JsonNode params) throws IOException {
        ObjectNode result = mapper.createObjectNode();
        switch (method) {
            case "initialize" -> {
                result.set("protocolVersion", params.path("protocolVersion"));
                result.putObject("capabilities").putObject("tools");
                result.putObject("serverInfo").put("name", "echo").put("version", "7");
            }
            case "tools/list" -> {
                for (String name : new String[] {"say", "ask"}) {
                    ObjectNode tool = result.withArray("tools").addObject();
                    tool.put("name", name).put("description", "Does it");
                    tool.putObject("inputSchema").put("type", "object");
                }
            }
            case "tools/call" -> {
                String text = params.path("name").asText().equals("ask")
                        ? "ANSWER " + ask(params.path("arguments"))
                        : "ECHO is " + System.getenv("ECHO");
                result.putArray("content").addObject().put("type", "text").put("text", text);
            }
            default -> {}
        }
        return result;
    }

    /** Returns the result, or the error, as JSON. After a page that was agreed to it says that the user is done there. */
    private JsonNode ask(JsonNode question) throws IOException {
        ObjectNode request = message().put("id", QUESTION).put("method", "elicitation/create");
        request.set("params", question);
        out.println(request);
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            JsonNode message = mapper.readTree(line);
            if (message.path("id").asText().equals(QUESTION)) {
                if (question.has("url")) {
                    ObjectNode done = message().put("method", "notifications/elicitation/complete");
                    done.putObject("params").set("elicitationId", question.path("elicitationId"));
                    out.println(done);
                }
                return message.has("result") ? message.path("result") : message.path("error");
            }
            handle(message);
        }
        return mapper.missingNode();
    }
}
