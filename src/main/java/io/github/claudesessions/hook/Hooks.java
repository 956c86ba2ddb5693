package io.github.claudesessions.hook;

import io.github.claudesessions.internal.Check;
import java.util.ArrayList;
import java.util.List;

/**
 * The hooks of a session. Immutable and safe for use by several threads and sessions.
 *
 * <p>A hook at a {@link HookEvent#isGate() gate} fails closed: if it throws, returns null, takes longer than its timeout,
 * or can't be reached, what is about to happen does not, unless {@link HookFailure#CONTINUE} was chosen. At other events
 * a failure is logged, and the turn goes on.
 *
 * {@snippet file="io/github/claudesessions/functional/HookTest.java" region="hooks"}
 */
public final class Hooks {
    private static final Hooks NONE = new Hooks(List.of());

    private final List<Hook<?, ?>> all;

    private Hooks(List<Hook<?, ?>> all) {
        this.all = List.copyOf(all);
    }

    /** No hooks. */
    public static Hooks none() {
        return NONE;
    }

    /** A builder without hooks. */
    public static Builder builder() {
        return NONE.toBuilder();
    }

    /** A builder that starts with these hooks. */
    public Builder toBuilder() {
        return new Builder(all);
    }

    /** The hooks, in the order in which they were added. */
    public List<Hook<?, ?>> all() {
        return all;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Hooks that && all.equals(that.all);
    }

    @Override
    public int hashCode() {
        return all.hashCode();
    }

    /** The events. */
    @Override
    public String toString() {
        return "Hooks" + all.stream().map(Hook::event).toList();
    }

    /**
     * Collects hooks. All hooks of an event that match run at once. A hook that the CLI would never run is refused with an
     * {@link IllegalArgumentException} that says why. Not safe for use by several threads.
     */
    public static final class Builder {
        private final List<Hook<?, ?>> all;

        private Builder(List<Hook<?, ?>> all) {
            this.all = new ArrayList<>(all);
        }

        /** Has {@code handler} answer every {@code event}. */
        public <I extends HookInput, O extends HookOutput<O>> Builder on(
                HookEvent<I, O> event, HookHandler<? super I, O> handler) {
            return on(event, HookSettings.any(), handler);
        }

        /** Has {@code handler} answer {@code event} if it is about what {@code matcher} says. */
        public <I extends HookInput, O extends HookOutput<O>> Builder on(
                HookEvent<I, O> event, String matcher, HookHandler<? super I, O> handler) {
            return on(event, HookSettings.matching(matcher), handler);
        }

        /** Has {@code handler} answer {@code event} as {@code settings} say. */
        public <I extends HookInput, O extends HookOutput<O>> Builder on(
                HookEvent<I, O> event, HookSettings settings, HookHandler<? super I, O> handler) {
            return add(new Hook<>(event, settings, Check.notNull("handler", handler), null));
        }

        /** Tells {@code observer} every {@code event}; the CLI does not wait for it. */
        public <I extends HookInput, O extends HookOutput<O>> Builder observe(
                HookEvent<I, O> event, HookObserver<? super I> observer) {
            return observe(event, HookSettings.any(), observer);
        }

        /** Tells {@code observer} each {@code event} that is as {@code settings} say; the CLI does not wait for it. */
        public <I extends HookInput, O extends HookOutput<O>> Builder observe(
                HookEvent<I, O> event, HookSettings settings, HookObserver<? super I> observer) {
            return add(new Hook<>(event, settings, null, Check.notNull("observer", observer)));
        }

        /** Before a tool runs. As {@link #on(HookEvent, HookHandler)} with {@link HookEvent#PRE_TOOL_USE}. */
        public Builder preToolUse(HookHandler<? super PreToolUseInput, PreToolUseOutput> handler) {
            return on(HookEvent.PRE_TOOL_USE, handler);
        }

        /** Before a tool runs. As {@link #on(HookEvent, String, HookHandler)} with {@link HookEvent#PRE_TOOL_USE}. */
        public Builder preToolUse(String matcher, HookHandler<? super PreToolUseInput, PreToolUseOutput> handler) {
            return on(HookEvent.PRE_TOOL_USE, matcher, handler);
        }

        /** After a tool has run. As {@link #on(HookEvent, HookHandler)} with {@link HookEvent#POST_TOOL_USE}. */
        public Builder postToolUse(HookHandler<? super PostToolUseInput, PostToolUseOutput> handler) {
            return on(HookEvent.POST_TOOL_USE, handler);
        }

        /** After a tool has run. As {@link #on(HookEvent, String, HookHandler)} with {@link HookEvent#POST_TOOL_USE}. */
        public Builder postToolUse(String matcher, HookHandler<? super PostToolUseInput, PostToolUseOutput> handler) {
            return on(HookEvent.POST_TOOL_USE, matcher, handler);
        }

        /** After a tool has failed. As {@link #on(HookEvent, HookHandler)} with {@link HookEvent#POST_TOOL_USE_FAILURE}. */
        public Builder postToolUseFailure(HookHandler<? super PostToolUseFailureInput, ContextOutput> handler) {
            return on(HookEvent.POST_TOOL_USE_FAILURE, handler);
        }

        /** After a tool has failed. As {@link #on(HookEvent, String, HookHandler)} with {@link HookEvent#POST_TOOL_USE_FAILURE}. */
        public Builder postToolUseFailure(
                String matcher, HookHandler<? super PostToolUseFailureInput, ContextOutput> handler) {
            return on(HookEvent.POST_TOOL_USE_FAILURE, matcher, handler);
        }

        /** While the permission handler is asked. As {@link #on(HookEvent, HookHandler)} with {@link HookEvent#PERMISSION_REQUEST}. */
        public Builder permissionRequest(HookHandler<? super PermissionRequestInput, PermissionRequestOutput> handler) {
            return on(HookEvent.PERMISSION_REQUEST, handler);
        }

        /** Before the permission handler is asked. As {@link #on(HookEvent, String, HookHandler)} with {@link HookEvent#PERMISSION_REQUEST}. */
        public Builder permissionRequest(
                String matcher, HookHandler<? super PermissionRequestInput, PermissionRequestOutput> handler) {
            return on(HookEvent.PERMISSION_REQUEST, matcher, handler);
        }

        /** Before the model sees a prompt. As {@link #on(HookEvent, HookHandler)} with {@link HookEvent#USER_PROMPT_SUBMIT}. */
        public Builder userPromptSubmit(HookHandler<? super UserPromptSubmitInput, UserPromptSubmitOutput> handler) {
            return on(HookEvent.USER_PROMPT_SUBMIT, handler);
        }

        /** When the model has finished. As {@link #on(HookEvent, HookHandler)} with {@link HookEvent#STOP}. */
        public Builder stop(HookHandler<? super StopInput, StopOutput> handler) {
            return on(HookEvent.STOP, handler);
        }

        /** When a subagent starts. As {@link #on(HookEvent, HookHandler)} with {@link HookEvent#SUBAGENT_START}. */
        public Builder subagentStart(HookHandler<? super SubagentStartInput, ContextOutput> handler) {
            return on(HookEvent.SUBAGENT_START, handler);
        }

        /** When a subagent has finished. As {@link #on(HookEvent, HookHandler)} with {@link HookEvent#SUBAGENT_STOP}. */
        public Builder subagentStop(HookHandler<? super SubagentStopInput, StopOutput> handler) {
            return on(HookEvent.SUBAGENT_STOP, handler);
        }

        /** Before the conversation is compacted. As {@link #on(HookEvent, HookHandler)} with {@link HookEvent#PRE_COMPACT}. */
        public Builder preCompact(HookHandler<? super PreCompactInput, BlockOutput> handler) {
            return on(HookEvent.PRE_COMPACT, handler);
        }

        private Builder add(Hook<?, ?> hook) {
            Reachability.check(
                    Check.notNull("event", hook.event()), hook.settings().matcher());
            all.add(hook);
            return this;
        }

        /** The hooks. */
        public Hooks build() {
            return new Hooks(all);
        }
    }
}
