package io.github.claudesessions;

/**
 * Where an agent keeps what it remembers. An open set: a place that a newer CLI knows can be made from its name.
 *
 * @param value the name on the wire
 */
public record AgentMemory(String value) {
    /** In the home folder of the user. */
    public static final AgentMemory USER = new AgentMemory("user");

    /** In the project, with the repository. */
    public static final AgentMemory PROJECT = new AgentMemory("project");

    /** In the project, for this user alone. */
    public static final AgentMemory LOCAL = new AgentMemory("local");

    /** Refuses a name that is not one word. */
    public AgentMemory {
        Rules.word("memory", value);
    }

    @Override
    public String toString() {
        return value;
    }
}
