package io.github.claudesessions.permission;

import io.github.claudesessions.internal.Check;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Questions of the model to the user: a call of its tool {@code AskUserQuestion}.
 *
 * @param questions the questions, at least one
 * @param request the call
 */
public record QuestionRequest(List<Question> questions, PermissionRequest request) {
    /** Name of the tool. */
    public static final String TOOL = "AskUserQuestion";

    /**
     * One question.
     *
     * @param text the question, which is also its key in the answers
     * @param header a short label for it; empty if absent
     * @param options what can be chosen; an answer need not be one of them
     * @param multiSelect whether several can be chosen
     */
    public record Question(String text, String header, List<Choice> options, boolean multiSelect) {
        /** Copies the collection. */
        public Question {
            options = List.copyOf(options);
        }
    }

    /**
     * One answer to choose.
     *
     * @param label the answer
     * @param description what it means; empty if absent
     * @param preview what it would look like, or null
     */
    public record Choice(
            String label, String description, @Nullable String preview) {}

    /** Copies the collection. */
    public QuestionRequest {
        questions = List.copyOf(questions);
        Check.that(!questions.isEmpty(), "questions must not be empty");
    }

    /** The questions of {@code request}; empty if it is a call of another tool or has none. */
    public static Optional<QuestionRequest> of(PermissionRequest request) {
        if (!request.toolName().equals(TOOL)) {
            return Optional.empty();
        }
        List<Question> questions = new ArrayList<>();
        for (Map<?, ?> question : objects(request.input().get("questions"))) {
            List<Choice> choices = new ArrayList<>();
            for (Map<?, ?> option : objects(question.get("options"))) {
                choices.add(new Choice(
                        text(option.get("label")),
                        text(option.get("description")),
                        option.get("preview") instanceof String preview ? preview : null));
            }
            questions.add(new Question(
                    text(question.get("question")),
                    text(question.get("header")),
                    choices,
                    Boolean.TRUE.equals(question.get("multiSelect"))));
        }
        return questions.isEmpty() ? Optional.empty() : Optional.of(new QuestionRequest(questions, request));
    }

    private static List<Map<?, ?>> objects(@Nullable Object array) {
        List<Map<?, ?>> objects = new ArrayList<>();
        if (array instanceof List<?> list) {
            for (Object element : list) {
                if (element instanceof Map<?, ?> map) {
                    objects.add(map);
                }
            }
        }
        return objects;
    }

    private static String text(@Nullable Object value) {
        return value instanceof String text ? text : "";
    }

    /** How many questions there are; what they ask is left out. */
    @Override
    public String toString() {
        return "QuestionRequest[" + questions.size() + ", " + request + "]";
    }
}
