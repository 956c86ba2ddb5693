package io.github.claudesessions.hook;

import io.github.claudesessions.internal.Check;
import java.util.Map;

/** What a hook says about an event that this version of the library does not know. */
public final class UnknownHookOutput extends HookOutput<UnknownHookOutput> {
    private UnknownHookOutput(Map<String, Object> common, Map<String, Object> specific) {
        super(common, specific);
    }

    /** Nothing. */
    public static UnknownHookOutput proceed() {
        return new UnknownHookOutput(Map.of(), Map.of());
    }

    /** Puts a field into the part of the output that is for this event alone. */
    public UnknownHookOutput with(String field, Object value) {
        return specific(Check.notBlank("field", field), Check.notNull("value", value));
    }

    /** Puts a field into the output. */
    public UnknownHookOutput withCommon(String field, Object value) {
        return common(Check.notBlank("field", field), Check.notNull("value", value));
    }

    @Override
    UnknownHookOutput make(Map<String, Object> common, Map<String, Object> specific) {
        return new UnknownHookOutput(common, specific);
    }
}
