package io.github.claudesessions.internal.codec;

import io.github.claudesessions.message.ElicitationComplete;
import io.github.claudesessions.message.HookOutcome;
import io.github.claudesessions.message.HookProgress;
import io.github.claudesessions.message.HookResponse;
import io.github.claudesessions.message.HookStarted;
import io.github.claudesessions.message.MirrorError;
import io.github.claudesessions.message.PluginInstall;
import io.github.claudesessions.message.PluginInstallState;

/** System messages about hooks and extensions. */
final class HookCodec {
    private HookCodec() {}

    static HookStarted hookStarted(Frame m) {
        Fields f = m.fields();
        return new HookStarted(
                m.uuid(), m.sessionId(), m.raw(), f.string("hook_id"), f.string("hook_name"), f.string("hook_event"));
    }

    static HookProgress hookProgress(Frame m) {
        Fields f = m.fields();
        return new HookProgress(
                m.uuid(),
                m.sessionId(),
                m.raw(),
                f.string("hook_id"),
                f.string("hook_name"),
                f.string("hook_event"),
                f.string("stdout"),
                f.string("stderr"),
                f.string("output"));
    }

    static HookResponse hookResponse(Frame m) {
        Fields f = m.fields();
        return new HookResponse(
                m.uuid(),
                m.sessionId(),
                m.raw(),
                f.string("hook_id"),
                f.string("hook_name"),
                f.string("hook_event"),
                f.string("output"),
                f.string("stdout"),
                f.string("stderr"),
                f.integerOrNull("exit_code"),
                f.value("outcome", HookOutcome::new));
    }

    static PluginInstall pluginInstall(Frame m) {
        Fields f = m.fields();
        return new PluginInstall(
                m.uuid(),
                m.sessionId(),
                m.raw(),
                f.value("status", PluginInstallState::new),
                f.stringOrNull("name"),
                f.stringOrNull("error"));
    }

    static ElicitationComplete elicitationComplete(Frame m) {
        Fields f = m.fields();
        return new ElicitationComplete(
                m.uuid(), m.sessionId(), m.raw(), f.string("mcp_server_name"), f.string("elicitation_id"));
    }

    static MirrorError mirrorError(Frame m) {
        Fields f = m.fields();
        return new MirrorError(m.uuid(), m.sessionId(), m.raw(), f.string("error"), f.object("key", HookCodec::key));
    }

    private static MirrorError.Key key(Fields f) {
        return new MirrorError.Key(f.string("projectKey"), f.string("sessionId"), f.stringOrNull("subpath"));
    }
}
