package io.github.claudesessions.message;

import org.jspecify.annotations.Nullable;

/**
 * One thing that a session said: a line of the CLI's standard output, typed.
 *
 * <p>Every leaf is a record whose first three components are {@code uuid}, {@code sessionId} and {@code raw}; new
 * components are only ever added at the end. What a line does not have is null, or an empty list or map, or false
 * where the absence says so. A field that the protocol requires and a line lacks is the empty string, 0 or false, and
 * logged once. What this version of the library does not know is an {@link UnknownMessage}, an
 * {@link UnknownSystemMessage} or an {@link UnknownBlock}, or a field that only {@link #raw()} has: it never ends a
 * stream. Immutable.
 */
public sealed interface Message
        permits AssistantMessage,
                UserMessage,
                ResultMessage,
                StreamEvent,
                SystemMessage,
                ActiveGoal,
                AuthStatus,
                AutocompactState,
                CommandLifecycle,
                ConversationReset,
                PromptSuggestion,
                RateLimitEvent,
                ToolProgress,
                ToolUseSummary,
                OversizeMessage,
                UnknownMessage {
    /** The message's own id, or null. */
    @Nullable
    String uuid();

    /** The session that it belongs to, or null. */
    @Nullable
    String sessionId();

    /** The line that it was read from. */
    RawJson raw();
}
