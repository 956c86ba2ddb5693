package io.github.claudesessions;

import io.github.claudesessions.internal.Check;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The operating system's walls around the commands that the model runs. Immutable. Unless {@link Builder#failIfUnavailable}
 * says otherwise, a session does not start on a machine that has no means to build them, and the exception says what is
 * missing.
 */
public final class Sandbox {
    private static final String NETWORK = "network.";
    private static final String FILES = "filesystem.";

    private final Map<String, Object> settings;

    private Sandbox(Map<String, Object> settings) {
        this.settings = JsonValues.object("sandbox", settings);
    }

    /** A sandbox with the CLI's own limits. */
    public static Sandbox standard() {
        return builder().build();
    }

    /** A builder of a sandbox that is on, and that must be available. */
    public static Builder builder() {
        return new Builder();
    }

    /** The value of {@code sandbox} in the settings. */
    public Map<String, Object> settings() {
        return settings;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Sandbox that && settings.equals(that.settings);
    }

    @Override
    public int hashCode() {
        return settings.hashCode();
    }

    /** The names of what was set. */
    @Override
    public String toString() {
        return "Sandbox" + settings.keySet();
    }

    /** Collects limits; one that is not set is left to the CLI. Not safe for use by several threads. */
    public static final class Builder {
        private final Map<String, Object> values = new TreeMap<>();

        private Builder() {
            enabled(true).failIfUnavailable(true);
        }

        /** Whether commands run in it. Default: true. */
        public Builder enabled(boolean enabled) {
            return with("enabled", enabled);
        }

        /** Whether a machine without the means is an error. Default: true; else commands run there without walls. */
        public Builder failIfUnavailable(boolean fail) {
            return with("failIfUnavailable", fail);
        }

        /** Whether commands run without a question because they run in it. */
        public Builder autoAllowBashIfSandboxed(boolean allow) {
            return with("autoAllowBashIfSandboxed", allow);
        }

        /** Whether the model may ask to run a command outside. */
        public Builder allowUnsandboxedCommands(boolean allow) {
            return with("allowUnsandboxedCommands", allow);
        }

        /** The commands that always run outside. */
        public Builder excludedCommands(String... commands) {
            return with("excludedCommands", list("excludedCommands", commands));
        }

        /** The hosts that can be reached. */
        public Builder allowedDomains(String... domains) {
            return with(NETWORK + "allowedDomains", list("allowedDomains", domains));
        }

        /** The hosts that can't be reached. */
        public Builder deniedDomains(String... domains) {
            return with(NETWORK + "deniedDomains", list("deniedDomains", domains));
        }

        /** Whether a host that is not listed is refused without a question. */
        public Builder strictAllowlist(boolean strict) {
            return with(NETWORK + "strictAllowlist", strict);
        }

        /** Whether commands may listen on ports of this machine. */
        public Builder allowLocalBinding(boolean allow) {
            return with(NETWORK + "allowLocalBinding", allow);
        }

        /** The Unix sockets that can be used, by path. */
        public Builder allowUnixSockets(String... paths) {
            return with(NETWORK + "allowUnixSockets", list("allowUnixSockets", paths));
        }

        /** Where commands may write besides the working directory. */
        public Builder allowWrite(String... paths) {
            return with(FILES + "allowWrite", list("allowWrite", paths));
        }

        /** Where commands may not write. */
        public Builder denyWrite(String... paths) {
            return with(FILES + "denyWrite", list("denyWrite", paths));
        }

        /** Where commands may not read. */
        public Builder denyRead(String... paths) {
            return with(FILES + "denyRead", list("denyRead", paths));
        }

        /** Where commands may read within what {@link #denyRead} names. */
        public Builder allowRead(String... paths) {
            return with(FILES + "allowRead", list("allowRead", paths));
        }

        /**
         * Any setting, also one that this version of the library does not know.
         *
         * @param name its name below {@code sandbox}; a dot goes one level down, as in {@code network.httpProxyPort}
         */
        public Builder setting(String name, Object value) {
            return with(Check.notBlank("setting", name), Check.notNull("setting " + name, value));
        }

        private static List<String> list(String name, String... values) {
            List<String> list = List.of(Check.notNull(name, values));
            list.forEach(value -> Check.notBlank(name, value));
            return list;
        }

        private Builder with(String name, Object value) {
            values.put(name, value);
            return this;
        }

        /** The sandbox. */
        public Sandbox build() {
            Map<String, Object> tree = new LinkedHashMap<>();
            values.forEach((name, value) -> put(tree, name, value));
            return new Sandbox(tree);
        }

        @SuppressWarnings("unchecked") // the maps in the tree are made here
        private static void put(Map<String, Object> tree, String name, Object value) {
            int dot = name.indexOf('.');
            if (dot < 0) {
                tree.put(name, value);
                return;
            }
            Object inner = tree.computeIfAbsent(name.substring(0, dot), key -> new LinkedHashMap<String, Object>());
            Check.that(inner instanceof LinkedHashMap, "setting %s must not go below one that has a value", name);
            put((Map<String, Object>) inner, name.substring(dot + 1), value);
        }
    }
}
