package io.github.claudesessions.internal.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.claudesessions.message.ApiEvent;
import io.github.claudesessions.message.AssistantMessage;
import io.github.claudesessions.message.ContentBlock;
import io.github.claudesessions.message.Message;
import io.github.claudesessions.message.StreamEvent;
import io.github.claudesessions.message.UnknownBlock;
import io.github.claudesessions.message.UnknownMessage;
import io.github.claudesessions.message.UnknownSystemMessage;
import io.github.claudesessions.message.UserMessage;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Lines that the real CLI wrote, with paths changed: nothing in them is unknown. */
@Timeout(30)
class RecordedLinesTest {
    static List<String> lines() throws IOException, URISyntaxException {
        return Files.readAllLines(Path.of(RecordedLinesTest.class
                .getResource("/recorded/cli-2.1.330.ndjson")
                .toURI()));
    }

    @ParameterizedTest
    @MethodSource("lines")
    void isKnown(String line) {
        Message message = Lines.message(line);
        assertThat(message).isNotInstanceOfAny(UnknownMessage.class, UnknownSystemMessage.class);
        assertThat(message.sessionId()).isNotNull();
        if (message instanceof AssistantMessage assistant) {
            assertThat(assistant.content()).isNotEmpty().hasOnlyElementsOfTypes(known());
            assertThat(assistant.id()).isNotNull();
        } else if (message instanceof UserMessage user) {
            assertThat(user.content()).isNotEmpty().hasOnlyElementsOfTypes(known());
        } else if (message instanceof StreamEvent event) {
            assertThat(event.event()).isNotInstanceOf(ApiEvent.UnknownApiEvent.class);
        }
    }

    private static Class<?>[] known() {
        return Arrays.stream(ContentBlock.class.getPermittedSubclasses())
                .filter(type -> type != UnknownBlock.class)
                .toArray(Class<?>[]::new);
    }
}
