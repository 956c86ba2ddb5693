package io.github.claudesessions.permission;

import io.github.claudesessions.internal.Check;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A permission rule: a tool, and what its input must be like.
 *
 * @param toolName name of the tool
 * @param ruleContent what the input must be like, in the language of the tool, such as {@code git log:*}; null is any
 */
public record PermissionRule(String toolName, @Nullable String ruleContent) {
    /** Checks that there is a tool. */
    public PermissionRule {
        Check.notNull("toolName", toolName);
    }

    /** A rule for every call of a tool. */
    public static PermissionRule of(String toolName) {
        return new PermissionRule(Check.notBlank("toolName", toolName), null);
    }

    /** A rule for some calls of a tool. */
    public static PermissionRule of(String toolName, String ruleContent) {
        return new PermissionRule(Check.notBlank("toolName", toolName), Check.notBlank("ruleContent", ruleContent));
    }

    Map<String, Object> toMap() {
        return ruleContent == null
                ? Map.of("toolName", toolName)
                : Map.of("toolName", toolName, "ruleContent", ruleContent);
    }

    /** As the CLI writes it, such as {@code Bash(git log:*)}; parentheses and backslashes of the content are escaped. */
    @Override
    public String toString() {
        return ruleContent == null
                ? toolName
                : toolName + "("
                        + ruleContent.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)") + ")";
    }
}
