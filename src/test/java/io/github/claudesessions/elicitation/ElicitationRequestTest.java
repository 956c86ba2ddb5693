package io.github.claudesessions.elicitation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ElicitationRequestTest {
    private static final ElicitationRequest.Form FORM = ElicitationRequest.form(
            "crm",
            "Who?",
            Map.of(
                    "type",
                    "object",
                    "properties",
                    Map.of(
                            "age",
                            Map.of("type", "integer", "minimum", 0),
                            "size",
                            Map.of("type", "string", "enum", List.of("s", "l"), "enumNames", List.of("Small", "Large")),
                            "pets",
                            Map.of(
                                    "type",
                                    "array",
                                    "items",
                                    Map.of(
                                            "anyOf",
                                            List.of(
                                                    Map.of("const", "cat", "title", "Cat"),
                                                    Map.of("const", "dog", "title", "Dog"))))),
                    "required",
                    List.of("size")));

    private static void fails(Map<String, ?> content, String message) {
        assertThatThrownBy(() -> FORM.check(content))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @Test
    void valuesThatFit() {
        assertThatCode(() -> FORM.check(Map.of("size", "s", "age", 3, "pets", List.of("cat", "dog"))))
                .doesNotThrowAnyException();
    }

    @Test
    void valuesThatDoNotFitAreNamedButNotShown() {
        fails(Map.of(), "content.size is required");
        fails(Map.of("size", "s", "age", -123), "content.age must be at least 0");
        fails(Map.of("size", "s", "age", "old"), "content.age must be of type integer");
        fails(Map.of("size", "Small"), "content.size must be one of [\"s\",\"l\"]");
        fails(Map.of("size", "s", "pets", List.of("cat", "cow")), "content.pets[1] must be \"cat\"");
    }

    @Test
    void aSchemaThatIsNotUnderstoodIsNotChecked() {
        ElicitationRequest.Form form =
                ElicitationRequest.form("crm", "Who?", Map.of("type", "object", "fromTheFuture", true));
        assertThatCode(() -> form.check(Map.of("any", 1))).doesNotThrowAnyException();
    }

    @Test
    void whatIsToldAndAnsweredIsCopiedAndNotPrinted() {
        Map<String, Object> values = new HashMap<>(Map.of("pin", "1234"));
        ElicitationReply.Accept accept = ElicitationReply.accept(values);
        values.clear();
        assertThat(accept.content()).containsEntry("pin", "1234");
        assertThat(accept).hasToString("Accept[1]");
        assertThat(FORM).hasToString("Form[crm]");
        assertThat(ElicitationRequest.url("crm", "Sign in", "https://example.com/1234"))
                .hasToString("Url[crm, ]");
    }
}
