package io.github.claudesessions.hook;

import io.github.claudesessions.internal.Check;
import java.util.List;
import java.util.Map;

/** What a hook says at the start of a conversation. */
public final class SessionStartOutput extends HookOutput<SessionStartOutput> {
    private SessionStartOutput(Map<String, Object> common, Map<String, Object> specific) {
        super(common, specific);
    }

    /** Nothing. */
    public static SessionStartOutput proceed() {
        return new SessionStartOutput(Map.of(), Map.of());
    }

    /** Tells the model {@code text} in addition. */
    public SessionStartOutput additionalContext(String text) {
        return specific("additionalContext", Check.notNull("text", text));
    }

    /**
     * Starts with a prompt of the user. For the start of a process, which hooks of a host never see: CLI 2.1.330 takes it
     * from hooks of the settings.
     */
    public SessionStartOutput initialUserMessage(String prompt) {
        return specific("initialUserMessage", Check.notNull("prompt", prompt));
    }

    /** Has the skills read anew. */
    public SessionStartOutput reloadSkills() {
        return specific("reloadSkills", true);
    }

    /** Gives the conversation a title. For the start of a process, as {@link #initialUserMessage}. */
    public SessionStartOutput sessionTitle(String title) {
        return specific("sessionTitle", Check.notNull("title", title));
    }

    /** Has {@code paths} watched, absolute ones; their changes are told as {@code FileChanged}. */
    public SessionStartOutput watchPaths(List<String> paths) {
        return specific("watchPaths", List.copyOf(Check.notNull("paths", paths)));
    }

    @Override
    SessionStartOutput make(Map<String, Object> common, Map<String, Object> specific) {
        return new SessionStartOutput(common, specific);
    }
}
