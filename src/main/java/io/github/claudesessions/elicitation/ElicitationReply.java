package io.github.claudesessions.elicitation;

import io.github.claudesessions.internal.Check;
import io.github.claudesessions.internal.Frozen;
import java.util.Map;

/** What becomes of an {@link ElicitationRequest}. */
public sealed interface ElicitationReply {
    /**
     * The user has filled in the form.
     *
     * @param content the values by the names of the schema's properties; {@link ElicitationRequest.Form#check} says
     *     beforehand whether they fit
     */
    static Accept accept(Map<String, ?> content) {
        return new Accept(Frozen.map(Check.notNull("content", content)));
    }

    /** The user agrees to open the page, or to what a form without fields says. */
    static Accept accept() {
        return new Accept(Map.of());
    }

    /** The user says no. */
    static Decline decline() {
        return new Decline();
    }

    /** The user has made no choice, for example closed the dialog. */
    static Cancel cancel() {
        return new Cancel();
    }

    /**
     * The user agrees.
     *
     * @param content the values of the form; empty for a page
     */
    record Accept(Map<String, Object> content) implements ElicitationReply {
        /** Copies the collection. */
        public Accept {
            content = Frozen.map(content);
        }

        /** How many values there are; what they say is left out. */
        @Override
        public String toString() {
            return "Accept[" + content.size() + "]";
        }
    }

    /** The user says no. */
    record Decline() implements ElicitationReply {}

    /** The user has made no choice. */
    record Cancel() implements ElicitationReply {}
}
