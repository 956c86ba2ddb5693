package io.github.claudesessions;

import io.github.claudesessions.internal.Check;
import java.util.Arrays;
import java.util.List;

/** Options that the CLI would refuse together, or of which one would silently have no effect. */
final class Contradictions {
    private static final String CROSS_SESSION = "crossSessionInbound";

    private Contradictions() {}

    static void check(ClaudeOptions options) {
        conversation(options);
        settings(options);
        Tenancy.check(options);
        servers(options);
        handlers(options);
        options.fallbackModel()
                .ifPresent(fallback -> options.model()
                        .ifPresent(model -> Check.that(
                                Arrays.stream(fallback.split(","))
                                        .map(String::strip)
                                        .noneMatch(model::equals),
                                "fallbackModel must not name the model itself, both were \"%s\"",
                                model)));
        boolean peerTool = options.allowedTools().contains(CommandLine.PEER_TOOL)
                || options.tools().orElse(List.of()).contains(CommandLine.PEER_TOOL);
        Check.that(
                options.peerMessaging() || !peerTool,
                "tools and allowedTools must not name %s without peerMessaging(true)",
                CommandLine.PEER_TOOL);
    }

    private static void servers(ClaudeOptions options) {
        options.toolServers()
                .forEach(server -> Check.that(
                        !options.mcpServers().containsKey(server.name())
                                && !options.mountedServers().containsKey(server.name()),
                        "toolServers, mountedServers and mcpServers must not both name a server \"%s\"",
                        server.name()));
        options.mountedServers()
                .keySet()
                .forEach(name -> Check.that(
                        !options.mcpServers().containsKey(name),
                        "mountedServers and mcpServers must not both name a server \"%s\"",
                        name));
    }

    private static void handlers(ClaudeOptions options) {
        Check.that(
                options.permissionTimeout().isEmpty()
                        || options.permissionHandler().isPresent(),
                "permissionTimeout must come with a permissionHandler, was %s without",
                options.permissionTimeout().orElse(null));
        Check.that(
                options.elicitationTimeout().isEmpty()
                        || options.elicitationHandler().isPresent(),
                "elicitationTimeout must come with an elicitationHandler, was %s without",
                options.elicitationTimeout().orElse(null));
        Check.that(
                options.supportedDialogKinds().isEmpty()
                        || options.userDialogHandler().isPresent(),
                "supportedDialogKinds must come with a userDialogHandler, was %s without",
                options.supportedDialogKinds());
        Check.that(
                options.permissionPromptToolName().isEmpty()
                        || options.permissionHandler().isEmpty(),
                "only one of permissionHandler and permissionPromptToolName must be set, was \"%s\" with a handler",
                options.permissionPromptToolName().orElse(""));
    }

    private static void settings(ClaudeOptions options) {
        Check.that(
                options.sandbox().isEmpty() || !options.settings().containsKey("sandbox"),
                "only one of sandbox and settings must have a sandbox, was %s",
                "in both");
        Check.that(
                options.peerMessaging() || !options.settings().containsKey(CROSS_SESSION),
                "settings must not have %s without peerMessaging(true)",
                CROSS_SESSION);
        options.skills()
                .ifPresent(skills -> Check.that(
                        !options.disallowedTools().contains("Skill"),
                        "disallowedTools must not name Skill when skills are chosen, were %s",
                        skills));
    }

    private static void conversation(ClaudeOptions options) {
        int chosen = (options.resume().isPresent() ? 1 : 0)
                + (options.resumeTitle().isPresent() ? 1 : 0)
                + (options.continueConversation() ? 1 : 0);
        Check.that(
                chosen <= 1,
                "only one of resume, resumeTitle and continueConversation must be set, was resume=%s, resumeTitle=%s,"
                        + " continueConversation=%s",
                options.resume().orElse("unset"),
                options.resumeTitle().orElse("unset"),
                options.continueConversation());
        Check.that(
                chosen == 1 || !options.forkSession(),
                "forkSession must come with resume, resumeTitle or continueConversation, was %s without",
                options.forkSession());
        Check.that(
                chosen == 0 || options.forkSession() || options.sessionId().isEmpty(),
                "sessionId must not come with resume, resumeTitle or continueConversation unless forkSession is set, was"
                        + " \"%s\"",
                options.sessionId().orElse(""));
        Check.that(
                !options.forkSession()
                        || options.sessionId().isEmpty()
                        || !options.sessionId().equals(options.resume()),
                "sessionId must not be the id that is forked, both were \"%s\"",
                options.sessionId().orElse(""));
        Check.that(
                options.resumeSessionAt().isEmpty()
                        || options.resume().isPresent()
                        || options.resumeTitle().isPresent(),
                "resumeSessionAt must come with resume or resumeTitle, was \"%s\" without",
                options.resumeSessionAt().orElse(""));
        Check.that(
                options.resumeDropsTurn().isEmpty() || options.resumeSessionAt().isPresent(),
                "resumeDropsTurn must come with resumeSessionAt, was \"%s\" without",
                options.resumeDropsTurn().orElse(""));
    }
}
