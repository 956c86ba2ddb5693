package io.github.claudesessions.permission;

import io.github.claudesessions.internal.Check;
import io.github.claudesessions.internal.Frozen;
import io.github.claudesessions.message.PermissionMode;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A change of the permissions of a session or of its settings. The CLI suggests some with a {@link PermissionRequest}; a
 * decision can carry some back. Wire type {@code PermissionUpdate}.
 *
 * <p>One that came from the CLI keeps the JSON object that it came as, and goes back exactly so.
 */
public sealed interface PermissionUpdate {
    /** The JSON object that it came as; empty if it was made here. */
    Map<String, Object> raw();

    /** The JSON object that is sent. */
    Map<String, Object> toMap();

    /** The same change, kept somewhere else; a suggestion for the settings can so be taken for the session only. */
    default PermissionUpdate withDestination(PermissionDestination destination) {
        Map<String, Object> changed = new LinkedHashMap<>(toMap());
        changed.put("destination", Check.notNull("destination", destination).value());
        Map<String, Object> kept = raw().isEmpty() ? Map.of() : Frozen.map(changed);
        return switch (this) {
            case AddRules u -> new AddRules(u.rules(), u.behavior(), destination, kept);
            case ReplaceRules u -> new ReplaceRules(u.rules(), u.behavior(), destination, kept);
            case RemoveRules u -> new RemoveRules(u.rules(), u.behavior(), destination, kept);
            case AddDirectories u -> new AddDirectories(u.directories(), destination, kept);
            case RemoveDirectories u -> new RemoveDirectories(u.directories(), destination, kept);
            case SetMode u -> new SetMode(u.mode(), destination, kept);
            case Unknown u -> new Unknown(Frozen.map(changed));
        };
    }

    /** Rules for the rest of the session. */
    static PermissionUpdate addRules(PermissionBehavior behavior, PermissionRule... rules) {
        return new AddRules(Arrays.asList(rules), behavior, PermissionDestination.SESSION, Map.of());
    }

    /** A permission mode for the rest of the session. */
    static PermissionUpdate setMode(PermissionMode mode) {
        return new SetMode(Check.notNull("mode", mode), PermissionDestination.SESSION, Map.of());
    }

    /** Folders that tools may use for the rest of the session. */
    static PermissionUpdate addDirectories(String... directories) {
        return new AddDirectories(Arrays.asList(directories), PermissionDestination.SESSION, Map.of());
    }

    /**
     * Adds rules. Wire type {@code addRules}.
     *
     * @param rules the rules
     * @param behavior what the rules do
     * @param destination where they are kept
     */
    record AddRules(
            List<PermissionRule> rules,
            PermissionBehavior behavior,
            PermissionDestination destination,
            Map<String, Object> raw)
            implements PermissionUpdate {
        /** Copies the collections. */
        public AddRules {
            rules = List.copyOf(rules);
            raw = Frozen.map(raw);
        }

        @Override
        public Map<String, Object> toMap() {
            return raw.isEmpty() ? UpdateMaps.rules("addRules", rules, behavior, destination) : raw;
        }
    }

    /**
     * Replaces the rules of a behavior. Wire type {@code replaceRules}.
     *
     * @param rules the rules
     * @param behavior what the rules do
     * @param destination where they are kept
     */
    record ReplaceRules(
            List<PermissionRule> rules,
            PermissionBehavior behavior,
            PermissionDestination destination,
            Map<String, Object> raw)
            implements PermissionUpdate {
        /** Copies the collections. */
        public ReplaceRules {
            rules = List.copyOf(rules);
            raw = Frozen.map(raw);
        }

        @Override
        public Map<String, Object> toMap() {
            return raw.isEmpty() ? UpdateMaps.rules("replaceRules", rules, behavior, destination) : raw;
        }
    }

    /**
     * Removes rules. Wire type {@code removeRules}.
     *
     * @param rules the rules
     * @param behavior what the rules do
     * @param destination where they are kept
     */
    record RemoveRules(
            List<PermissionRule> rules,
            PermissionBehavior behavior,
            PermissionDestination destination,
            Map<String, Object> raw)
            implements PermissionUpdate {
        /** Copies the collections. */
        public RemoveRules {
            rules = List.copyOf(rules);
            raw = Frozen.map(raw);
        }

        @Override
        public Map<String, Object> toMap() {
            return raw.isEmpty() ? UpdateMaps.rules("removeRules", rules, behavior, destination) : raw;
        }
    }

    /**
     * Adds folders that tools may use. On the wire its type is "addDirectories".
     *
     * @param directories paths of the folders
     * @param destination where the change is kept
     */
    record AddDirectories(List<String> directories, PermissionDestination destination, Map<String, Object> raw)
            implements PermissionUpdate {
        /** Copies the collections. */
        public AddDirectories {
            directories = List.copyOf(directories);
            raw = Frozen.map(raw);
        }

        @Override
        public Map<String, Object> toMap() {
            return raw.isEmpty()
                    ? Map.of("type", "addDirectories", "directories", directories, "destination", destination.value())
                    : raw;
        }
    }

    /**
     * Removes folders that tools may use. On the wire its type is "removeDirectories".
     *
     * @param directories paths of the folders
     * @param destination where the change is kept
     */
    record RemoveDirectories(List<String> directories, PermissionDestination destination, Map<String, Object> raw)
            implements PermissionUpdate {
        /** Copies the collections. */
        public RemoveDirectories {
            directories = List.copyOf(directories);
            raw = Frozen.map(raw);
        }

        @Override
        public Map<String, Object> toMap() {
            return raw.isEmpty()
                    ? Map.of(
                            "type", "removeDirectories", "directories", directories, "destination", destination.value())
                    : raw;
        }
    }

    /**
     * Changes the permission mode. Wire type {@code setMode}.
     *
     * @param mode the mode
     * @param destination where the change is kept
     */
    record SetMode(PermissionMode mode, PermissionDestination destination, Map<String, Object> raw)
            implements PermissionUpdate {
        /** Copies the collection. */
        public SetMode {
            raw = Frozen.map(raw);
        }

        @Override
        public Map<String, Object> toMap() {
            return raw.isEmpty()
                    ? Map.of("type", "setMode", "mode", mode.value(), "destination", destination.value())
                    : raw;
        }
    }

    /** A change of a kind that this version of the library does not know. */
    record Unknown(Map<String, Object> raw) implements PermissionUpdate {
        /** Copies the collection. */
        public Unknown {
            raw = Frozen.map(raw);
        }

        @Override
        public Map<String, Object> toMap() {
            return raw;
        }
    }
}
