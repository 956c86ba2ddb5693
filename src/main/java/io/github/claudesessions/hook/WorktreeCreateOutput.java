package io.github.claudesessions.hook;

import io.github.claudesessions.internal.Check;
import java.util.Map;

/** Where the worktree is that a hook made. */
public final class WorktreeCreateOutput extends HookOutput<WorktreeCreateOutput> {
    private WorktreeCreateOutput(Map<String, Object> common, Map<String, Object> specific) {
        super(common, specific);
    }

    /** The worktree is there, in the folder {@code path}. */
    public static WorktreeCreateOutput at(String path) {
        return new WorktreeCreateOutput(Map.of(), Map.of("worktreePath", Check.notBlank("path", path)));
    }

    @Override
    WorktreeCreateOutput make(Map<String, Object> common, Map<String, Object> specific) {
        return new WorktreeCreateOutput(common, specific);
    }
}
