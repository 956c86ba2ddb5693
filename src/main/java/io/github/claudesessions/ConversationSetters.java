package io.github.claudesessions;

import io.github.claudesessions.internal.Check;
import java.util.Map;

/** Which conversation it is: a new one or one that is on disk. */
abstract sealed class ConversationSetters<B> extends CallbackSetters<B> permits ProcessSetters {
    ConversationSetters(Map<Option<?>, Object> values) {
        super(values);
    }

    /**
     * The id of a conversation to go on with, a UUID. Default: a new conversation. Anything else is refused, because the
     * CLI would look for a title or a file; a title has {@link #resumeTitle}.
     */
    public B resume(String sessionId) {
        return set(Option.RESUME, Check.uuid("resume", sessionId));
    }

    /**
     * The title of a conversation in the working directory to go on with. Default: a new conversation. A title that
     * begins with a word and a colon is refused, because the CLI would take it for a URL.
     */
    public B resumeTitle(String title) {
        return set(Option.RESUME_TITLE, Rules.title(title));
    }

    /**
     * Whether to go on with the latest conversation of the working directory; a new one if there is none. Default: false.
     */
    public B continueConversation(boolean continueConversation) {
        return set(Option.CONTINUE_CONVERSATION, continueConversation);
    }

    /**
     * Whether to go on in a copy, under an id of its own, and leave the conversation that was named by {@link #resume},
     * {@link #resumeTitle} or {@link #continueConversation} as it is. Default: false.
     */
    public B forkSession(boolean fork) {
        return set(Option.FORK_SESSION, fork);
    }

    /**
     * The id of the new conversation, a UUID that no conversation has yet. Default: a random one. A conversation that is
     * resumed keeps its id, so this goes with {@link #resume} only if {@link #forkSession} is set.
     */
    public B sessionId(String sessionId) {
        return set(Option.SESSION_ID, Check.uuid("sessionId", sessionId));
    }

    /** The title of the conversation, for lists of conversations and {@link #resumeTitle}. Default: the CLI makes one up. */
    public B title(String title) {
        return set(Option.TITLE, Check.notBlank("title", title));
    }

    /**
     * Goes on after the message with this UUID, as if nothing had been said after it. With {@link #resume} or
     * {@link #resumeTitle}. Default: the end of the conversation.
     */
    public B resumeSessionAt(String messageUuid) {
        return set(Option.RESUME_SESSION_AT, Check.uuid("resumeSessionAt", messageUuid));
    }

    /**
     * The UUID of the prompt whose turn is forgotten by {@link #resumeSessionAt}: the CLI refuses to start if anything else
     * would be forgotten too. Default: not checked.
     */
    public B resumeDropsTurn(String promptUuid) {
        return set(Option.RESUME_DROPS_TURN, Check.uuid("resumeDropsTurn", promptUuid));
    }

    /** Whether the conversation is written to disk, where it can be resumed. Default: true. */
    public B persistSession(boolean persist) {
        return set(Option.PERSIST_SESSION, persist);
    }
}
