package io.github.claudesessions.functional;

import io.github.claudesessions.Claude;
import io.github.claudesessions.ClaudeOptions;
import io.github.claudesessions.ClaudeSession;
import io.github.claudesessions.message.ResultMessage;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The snippets of the README that have no options, for a JVM whose environment leads them to a scripted API. */
final class ReadmeMain {
    private ReadmeMain() {}

    public static void main(String[] args) {
        query();
        streamText();
        conversation(Path.of(args[0]));
    }

    private static void conversation(Path repository) {
        ClaudeOptions options = ClaudeOptions.builder()
                .model("claude-sonnet-5-5")
                .systemPrompt("You are a careful reviewer.")
                .allowedTools("Read", "Grep")
                .cwd(repository)
                .build();
        try (ClaudeSession session = ClaudeSession.open(options)) {
            session.query("Read README.md and remember its title.");
            ResultMessage answer = session.query("What was the title?");
            System.out.println(answer.text());
        }
    }

    private static void query() {
        ResultMessage result = Claude.query("What is 2 + 2?");
        System.out.println(result.text());
    }

    private static void streamText() {
        try (Stream<String> text = Claude.streamText("Write a haiku about pipes")) {
            text.forEach(System.out::print);
        }
    }
}
