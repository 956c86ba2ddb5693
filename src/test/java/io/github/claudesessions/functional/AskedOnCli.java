package io.github.claudesessions.functional;

import io.github.claudesessions.ClaudeOptions;
import io.github.claudesessions.ClaudeSession;
import io.github.claudesessions.permission.PermissionHandler;
import io.github.claudesessions.permission.PermissionRequest;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What the tests of permission handlers on the real CLI share. */
abstract class AskedOnCli extends OnRealCli {
    /** What the handler was asked. */
    final List<PermissionRequest> asked = new CopyOnWriteArrayList<>();

    ClaudeOptions.Builder options(PermissionHandler handler) {
        return builder().permissionHandler(new RecordingHandler(handler, asked));
    }

    ClaudeSession open(PermissionHandler handler) {
        return ClaudeSession.open(options(handler).build());
    }
}
