package io.github.claudesessions.control;

import java.util.List;

/**
 * The permission rules in force. Source: {@code list_permission_rules}.
 *
 * @param rules the rules
 * @param workspaceDirectories folders besides the working directory that tools may use
 * @param originalCwd the folder that the session was started in
 * @param managedOnly whether only rules of an administrator count
 */
public record PermissionRules(
        List<Rule> rules, List<Folder> workspaceDirectories, String originalCwd, boolean managedOnly) {
    /** Copies the lists. */
    public PermissionRules {
        rules = Copies.list(rules);
        workspaceDirectories = Copies.list(workspaceDirectories);
        originalCwd = Copies.text(originalCwd);
    }

    /**
     * A rule.
     *
     * @param behavior {@code allow}, {@code deny} or {@code ask}
     * @param source where it comes from, such as {@code cliArg} or {@code session}
     * @param rule the rule, such as {@code Bash(git log:*)}
     * @param editability {@code persistent}, {@code session} or {@code readonly}
     * @param notInEffect whether something else keeps it from having an effect
     */
    public record Rule(String behavior, String source, String rule, String editability, boolean notInEffect) {
        /** Fills in what the wire left out. */
        public Rule {
            behavior = Copies.text(behavior);
            source = Copies.text(source);
            rule = Copies.text(rule);
            editability = Copies.text(editability);
        }
    }

    /**
     * A folder.
     *
     * @param path where it is
     * @param source where that comes from
     */
    public record Folder(String path, String source) {
        /** Fills in what the wire left out. */
        public Folder {
            path = Copies.text(path);
            source = Copies.text(source);
        }
    }
}
