package io.github.claudesessions;

import io.github.claudesessions.internal.Check;
import io.github.claudesessions.message.PermissionMode;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An agent that the model can give work to, or that a session {@linkplain ClaudeOptions.Builder#agent(String) is}.
 * Immutable. It travels on stdin, never on the command line; {@code toString} hides its prompt.
 *
 * <p>The CLI drops all agents without a word if it does not understand one of them; opening a session fails then.
 */
public final class AgentDefinition {
    private final Map<String, Object> fields;

    private AgentDefinition(Map<String, Object> fields) {
        this.fields = JsonValues.object("agent", fields);
    }

    /**
     * An agent with the tools and the model of the session.
     *
     * @param description when the model should use it
     * @param prompt its system prompt
     */
    public static AgentDefinition of(String description, String prompt) {
        return builder(description, prompt).build();
    }

    /**
     * A builder of an agent.
     *
     * @param description when the model should use it
     * @param prompt its system prompt
     */
    public static Builder builder(String description, String prompt) {
        return new Builder(Map.of())
                .with("description", Check.notBlank("description", description))
                .with("prompt", Check.notBlank("prompt", prompt));
    }

    /** A builder that starts with this agent. */
    public Builder toBuilder() {
        return new Builder(fields);
    }

    /** When the model should use it. */
    public String description() {
        return String.valueOf(fields.get("description"));
    }

    /** Its system prompt. */
    public String prompt() {
        return String.valueOf(fields.get("prompt"));
    }

    /** All that was set, under the names and in the form that the CLI knows. */
    public Map<String, Object> fields() {
        return fields;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof AgentDefinition that && fields.equals(that.fields);
    }

    @Override
    public int hashCode() {
        return fields.hashCode();
    }

    /** The names of the fields. */
    @Override
    public String toString() {
        return "AgentDefinition" + fields.keySet();
    }

    /** Collects the fields of an agent; one that is not set is left to the CLI. Not safe for use by several threads. */
    public static final class Builder {
        private final Map<String, Object> fields;

        private Builder(Map<String, Object> fields) {
            this.fields = new LinkedHashMap<>(fields);
        }

        /** The tools that it has. Default: those of the session. */
        public Builder tools(Collection<String> tools) {
            return with("tools", Rules.toolRules("tool", tools));
        }

        /** As {@link #tools(Collection)}. */
        public Builder tools(String... tools) {
            return tools(Arrays.asList(Check.notNull("tools", tools)));
        }

        /** The tools that it does not have. Default: none. */
        public Builder disallowedTools(Collection<String> tools) {
            return with("disallowedTools", Rules.toolRules("disallowedTool", tools));
        }

        /** As {@link #disallowedTools(Collection)}. */
        public Builder disallowedTools(String... tools) {
            return disallowedTools(Arrays.asList(Check.notNull("disallowedTools", tools)));
        }

        /** Its model, an alias or a full name; {@code inherit} is the session's. */
        public Builder model(String model) {
            return with("model", Check.notBlank("model", model));
        }

        /** The MCP servers of the session that it may use, by name. */
        public Builder mcpServers(String... names) {
            return with("mcpServers", List.of(Check.notNull("mcpServers", names)));
        }

        /** The skills that it starts with, by name. */
        public Builder skills(String... names) {
            return with("skills", List.of(Check.notNull("skills", names)));
        }

        /** The most times that its model is asked for one piece of work, at least 1. */
        public Builder maxTurns(int turns) {
            return with("maxTurns", Check.atLeast("maxTurns", 1, turns));
        }

        /** Whether it works in the background, so that who started it goes on. */
        public Builder background(boolean background) {
            return with("background", background);
        }

        /** Whether it works without the {@code CLAUDE.md} files of user and project. */
        public Builder omitClaudeMd(boolean omit) {
            return with("omitClaudeMd", omit);
        }

        /** Where it keeps what it remembers. Default: it does not. */
        public Builder memory(AgentMemory memory) {
            return with("memory", Check.notNull("memory", memory).value());
        }

        /** How hard its model works. */
        public Builder effort(Effort effort) {
            return with("effort", Check.notNull("effort", effort).value());
        }

        /** How it is decided whether its tools may run. */
        public Builder permissionMode(PermissionMode mode) {
            return with("permissionMode", Check.notNull("permissionMode", mode).value());
        }

        /** The first prompt when it is the agent of the whole session. */
        public Builder initialPrompt(String prompt) {
            return with("initialPrompt", Check.notBlank("initialPrompt", prompt));
        }

        /** How many tokens its conversation may have before it is summarised, at least 1. */
        public Builder autoCompactWindow(int tokens) {
            return with("autoCompactWindow", Check.atLeast("autoCompactWindow", 1, tokens));
        }

        /** The name of an agent that watches this one. */
        public Builder observer(String agent) {
            return with("observer", Check.notBlank("observer", agent));
        }

        /** What the observer is told in addition. */
        public Builder observerMessage(String message) {
            return with("observerMessage", Check.notBlank("observerMessage", message));
        }

        /** Any field, also one that this version of the library does not know. */
        public Builder field(String name, Object value) {
            return with(Check.notBlank("field", name), Check.notNull("field " + name, value));
        }

        private Builder with(String name, Object value) {
            fields.put(name, value);
            return this;
        }

        /** The agent. */
        public AgentDefinition build() {
            return new AgentDefinition(fields);
        }
    }
}
