package io.github.claudesessions.permission;

import io.github.claudesessions.internal.Check;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What becomes of a {@link QuestionRequest}. */
public sealed interface QuestionReply {
    /** Answers; more are added by {@link Answers#and}. */
    static Answers answer(QuestionRequest.Question question, String... answers) {
        return new Answers(Map.of()).and(question, answers);
    }

    /** Answers by the text of the question. */
    static Answers answers(Map<String, String> answers) {
        return new Answers(answers);
    }

    /**
     * No answer.
     *
     * @param message what the model is told
     */
    static Declined decline(String message) {
        return new Declined(Check.notBlank("message", message));
    }

    /** The decision that says this to the CLI. */
    PermissionDecision toDecision(QuestionRequest asked);

    /**
     * Answers.
     *
     * @param answers the answers by the text of their question; several answers to one question are joined by
     *     {@code ", "}
     */
    record Answers(Map<String, String> answers) implements QuestionReply {
        /** Copies the collection. */
        public Answers {
            answers = Map.copyOf(answers);
        }

        /** These answers and one more; several to a question that allows it. */
        public Answers and(QuestionRequest.Question question, String... more) {
            return and(question, List.of(more));
        }

        /** As {@link #and(QuestionRequest.Question, String...)}. */
        public Answers and(QuestionRequest.Question question, Collection<String> more) {
            Check.that(!more.isEmpty(), "answers must not be empty");
            Check.that(
                    more.size() == 1 || question.multiSelect(),
                    "answers must be one for a question that is not multiSelect, were %d",
                    more.size());
            Map<String, String> all = new LinkedHashMap<>(answers);
            all.put(question.text(), String.join(", ", more));
            return new Answers(all);
        }

        @Override
        public PermissionDecision toDecision(QuestionRequest asked) {
            Map<String, Object> input = new LinkedHashMap<>(asked.request().input());
            input.put("answers", answers);
            return PermissionDecision.allow().withInput(input);
        }

        /** How many answers there are; what they say is left out. */
        @Override
        public String toString() {
            return "Answers[" + answers.size() + "]";
        }
    }

    /**
     * No answer.
     *
     * @param message what the model is told
     */
    record Declined(String message) implements QuestionReply {
        @Override
        public PermissionDecision toDecision(QuestionRequest asked) {
            return PermissionDecision.deny(message);
        }
    }

    /**
     * A decision as about any other tool.
     *
     * @param decision the decision
     */
    record Decided(PermissionDecision decision) implements QuestionReply {
        @Override
        public PermissionDecision toDecision(QuestionRequest asked) {
            return decision;
        }
    }
}
