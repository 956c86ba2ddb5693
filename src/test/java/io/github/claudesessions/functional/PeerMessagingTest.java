package io.github.claudesessions.functional;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.claudesessions.ClaudeOptions;
import io.github.claudesessions.ClaudeSession;
import io.github.claudesessions.Messages;
import io.github.claudesessions.TurnSummary;
import io.github.claudesessions.message.Message;
import io.github.claudesessions.message.ResultMessage;
import io.github.claudesessions.testing.ApiRequest;
import io.github.claudesessions.testing.Reply;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The model of one session must not cause a turn in another, unless the host allows it. */
@Timeout(60)
@Tag("unix")
class PeerMessagingTest extends OnRealCli {
    private static final Pattern PEER = Pattern.compile("\\s(\\S+) \\[[0-9a-f]+]  ·");
    private static final Pattern SEND = Pattern.compile("send to (\\S+)$");

    @Test
    void twoSessionsThatTryToMessageEachOtherCanNot() {
        api.replyWith(PeerMessagingTest::answer);
        List<Message> heardByB = new CopyOnWriteArrayList<>();
        try (ClaudeSession a = open(false);
                ClaudeSession b = open(false);
                ClaudeSession open = open(true)) {
            b.onMessage(heardByB::add);

            // neither sees the other
            assertThat(tools(a.stream("who is there?").collect(Messages.summary())))
                    .contains("No such tool available");
            assertThat(api.lastRequest().tools()).doesNotContain("ListAgents");

            // with names and ids that a third session knows, messages come back
            String peers = tools(open.stream("who is there?").collect(Messages.summary()));
            for (String name : List.of(
                    firstPeer(peers), b.sessionId().orElseThrow(), a.sessionId().orElseThrow())) {
                a.query("send to " + name);
                b.query("send to " + name);
                open.query("send to " + name);
            }
            assertThat(asked(a)).describedAs(peers).isEmpty();
            assertThat(asked(b)).describedAs(peers).isEmpty();

            // and the attempt is a real one: a session that allows it does get such a turn
            try (ClaudeSession other = open(true)) {
                String known = tools(other.stream("who is there?").collect(Messages.summary()));
                Matcher names = PEER.matcher(known);
                while (names.find()) {
                    other.query("send to " + names.group(1));
                }
                Eventually.within(SOON, () -> known, () -> !asked(open).isEmpty());
            }
            assertThat(asked(a)).isEmpty();
            assertThat(asked(b)).isEmpty();
            assertThat(results(heardByB)).hasSize(3).allMatch(result -> result.origin() == null);
        }
    }

    private ClaudeSession open(boolean peerMessaging) {
        ClaudeOptions.Builder options = builder().peerMessaging(peerMessaging).allowedTool("SendMessage");
        return ClaudeSession.open((peerMessaging ? options.allowedTool("ListAgents") : options).build());
    }

    private static Reply answer(ApiRequest request) {
        String text = request.lastUserText();
        Matcher send = SEND.matcher(text);
        if (text.endsWith("who is there?")) {
            return Reply.toolUse("ListAgents", Map.of());
        } else if (send.find()) {
            return Reply.toolUse("SendMessage", Map.of("to", send.group(1), "summary", "hi", "message", "ping"));
        }
        return Reply.text("done");
    }

    /** The turns of {@code session} that a message of another one caused. */
    private List<ApiRequest> asked(ClaudeSession session) {
        return api.requests().stream()
                .filter(request -> request.sessionId().equals(session.sessionId()))
                .filter(request -> request.lastUserText().contains("ping"))
                .toList();
    }

    private static List<ResultMessage> results(List<Message> heard) {
        return heard.stream()
                .filter(ResultMessage.class::isInstance)
                .map(ResultMessage.class::cast)
                .toList();
    }

    private static String firstPeer(String listing) {
        Matcher name = PEER.matcher(listing);
        return name.find() ? name.group(1) : "nobody";
    }

    private static String tools(TurnSummary summary) {
        return summary.toolCalls().toString();
    }
}
