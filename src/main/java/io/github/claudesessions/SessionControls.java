package io.github.claudesessions;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.github.claudesessions.control.BinaryVersion;
import io.github.claudesessions.control.ConversationText;
import io.github.claudesessions.control.DirectoryChange;
import io.github.claudesessions.control.FileContent;
import io.github.claudesessions.control.FileSuggestion;
import io.github.claudesessions.control.PermissionRules;
import io.github.claudesessions.control.Plan;
import io.github.claudesessions.control.SessionUsage;
import io.github.claudesessions.control.SideAnswer;
import io.github.claudesessions.control.StatusSection;
import io.github.claudesessions.control.WorkspaceDiff;
import io.github.claudesessions.internal.Check;
import io.github.claudesessions.internal.json.Json;
import io.github.claudesessions.internal.protocol.Conversation;
import io.github.claudesessions.message.PermissionMode;
import io.github.claudesessions.message.SlashCommand;
import java.lang.ref.Reference;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The less common questions and requests to the CLI of a session; {@link ClaudeSession} has the common ones. They are
 * answered also while a turn runs, and may be made from callbacks. Any method throws a
 * {@link io.github.claudesessions.error.ControlException ControlException} if the CLI answers with an error, and a
 * {@link io.github.claudesessions.error.TimeLimitException TimeLimitException} if no answer comes within
 * {@code controlTimeout}.
 */
public final class SessionControls {
    private final Conversation conversation;
    private final ClaudeSession session;

    SessionControls(Conversation conversation, ClaudeSession session) {
        this.conversation = conversation;
        this.session = session;
    }

    // ---- what it spent, what it is

    /** What the CLI says that the conversation cost, as text for people; {@link ClaudeSession#cost} has numbers. */
    public String costText() {
        return ask("get_session_cost", Map.of()).path("text").asText();
    }

    /** The CLI's own totals, also in the middle of a turn, and the limits of the account. */
    public SessionUsage usage() {
        Map<String, Object> usage = Json.map(ask("get_usage", Map.of("skip_behaviors", true)));
        if (usage.get("session") instanceof Map<?, ?> totals) {
            usage.put("session", Json.bindCamelCased(totals, SessionUsage.Totals.class));
        }
        return Json.bindCamelCased(usage, SessionUsage.class);
    }

    /** Which CLI runs. */
    public BinaryVersion binaryVersion() {
        return ask("get_binary_version", Map.of(), BinaryVersion.class);
    }

    /** What {@code /status} shows. */
    public List<StatusSection> status() {
        return List.of(Json.bind(ask("get_status", Map.of()).path("sections"), StatusSection[].class));
    }

    /** The permission rules in force. */
    public PermissionRules permissionRules() {
        return Json.bind(ask("list_permission_rules", Map.of()).path("state"), PermissionRules.class);
    }

    /** The hooks in force and the events that there are, with every field that the CLI sends. */
    public Map<String, Object> hooks() {
        return Json.map(ask("get_hooks_listing", Map.of()));
    }

    /** The files of instructions and memories, with every field that the CLI sends. */
    public Map<String, Object> memory() {
        return Json.map(ask("get_memory_dialog", Map.of()));
    }

    // ---- the conversation

    /** Asks the model for a title for a conversation that is about {@code description}, and does not set it. */
    public String generateTitle(String description) {
        return generateTitle(description, false);
    }

    /**
     * Asks the model for a title for a conversation.
     *
     * @param description what it is about
     * @param rename whether the conversation gets that title
     */
    @CanIgnoreReturnValue
    public String generateTitle(String description, boolean rename) {
        Check.notBlank("description", description);
        return ask("generate_session_title", Map.of("description", description, "persist", rename))
                .path("title")
                .asText();
    }

    /**
     * Asks the model a question about the conversation without adding to it, also while a turn runs. It has no tools.
     * Only one can be asked at a time.
     */
    public SideAnswer sideQuestion(String question) {
        return Json.bind(
                ask("side_question", Map.of("question", Check.notBlank("question", question))), SideAnswer.class);
    }

    /** As {@link #sideQuestion(String)}, with a time limit of its own: the model may take longer than other answers. */
    public SideAnswer sideQuestion(String question, Duration limit) {
        Map<String, String> fields = Map.of("question", Check.notBlank("question", question));
        try {
            return Json.bind(
                    conversation.with(core ->
                            core.control("side_question", Json.objectOf(fields), Check.positive("limit", limit))),
                    SideAnswer.class);
        } finally {
            Reference.reachabilityFence(session);
        }
    }

    /** The conversation as text for people. */
    public ConversationText exportConversation() {
        return ask("export_conversation", Map.of(), ConversationText.class);
    }

    /** The plan that the session has written in plan mode. */
    public Plan plan() {
        return ask("get_plan", Map.of(), Plan.class);
    }

    /** Takes a prompt out of the queue, as {@link SentPrompt#cancel} does; false if it is not there. */
    @CanIgnoreReturnValue
    public boolean cancelPrompt(String promptUuid) {
        return ask("cancel_async_message", Map.of("message_uuid", Check.notBlank("promptUuid", promptUuid)))
                .path("cancelled")
                .asBoolean();
    }

    // ---- files

    /** Reads a text file that the session may read; one that it may not or that is not there is an error. */
    public FileContent readFile(String path) {
        return ask("read_file", Map.of("path", Check.notBlank("path", path)), FileContent.class);
    }

    /**
     * Reads the beginning of any file that the session may read.
     *
     * @param path the file, also relative to the working directory
     * @param maxBytes the most to be read
     */
    public FileContent readFile(String path, int maxBytes) {
        Map<String, Object> fields = Map.of(
                "path",
                Check.notBlank("path", path),
                "max_bytes",
                Check.atLeast("maxBytes", 1, maxBytes),
                "encoding",
                "base64");
        return ask("read_file", fields, FileContent.class);
    }

    /** Files whose names fit {@code query}, as an input field completes them; the CLI looks for files in steps. */
    public List<FileSuggestion> suggestFiles(String query) {
        JsonNode found = ask("file_suggestions", Map.of("query", Check.notNull("query", query)));
        return List.of(Json.bind(found.path("suggestions"), FileSuggestion[].class));
    }

    /**
     * Has the session take a file as read, so that its tools may change it without reading it again.
     *
     * @param file the file
     * @param modified when it was changed last, when it was read; a later change has the tools refuse
     */
    public void seedReadState(Path file, Instant modified) {
        String path = Check.notNull("file", file).toAbsolutePath().toString();
        ask(
                "seed_read_state",
                Map.of(
                        "path",
                        path,
                        "mtime",
                        Check.notNull("modified", modified).toEpochMilli()));
    }

    /**
     * What differs in the working directory from what its repository has. CLI 2.1.330 leaves out the files that git does
     * not know yet.
     */
    public WorkspaceDiff workspaceDiff() {
        return ask("get_workspace_diff", Map.of(), WorkspaceDiff.class);
    }

    // ---- settings

    /**
     * Has the session work in another folder. What stands against that is in the answer, not an exception: above all
     * that somebody has to say that what is in the folder can be trusted.
     */
    @CanIgnoreReturnValue
    public DirectoryChange changeDirectory(Path folder) {
        return ask("set_cwd", Map.of("path", absolute(folder)), DirectoryChange.class);
    }

    /**
     * As {@link #changeDirectory(Path)}, after the user has said that the folder can be trusted.
     *
     * @param folder the folder
     * @param trusted {@link DirectoryChange#directory} of the answer that asked for it
     */
    @CanIgnoreReturnValue
    public DirectoryChange changeDirectory(Path folder, String trusted) {
        Map<String, Object> fields = Map.of(
                "path",
                absolute(folder),
                "trust_accepted",
                true,
                "trusted_directory",
                Check.notBlank("trusted", trusted));
        return ask("set_cwd", fields, DirectoryChange.class);
    }

    private static String absolute(Path folder) {
        return Check.notNull("folder", folder).toAbsolutePath().toString();
    }

    /** Tells the session of a repository below or beside its working directory, and returns how the CLI names it. */
    @CanIgnoreReturnValue
    public String registerRepoRoot(Path folder) {
        return ask("register_repo_root", Map.of("directory", absolute(folder)))
                .path("directory")
                .asText();
    }

    /**
     * Has the tools of one MCP server follow another permission mode than the session, one that asks more often.
     *
     * @param server the server
     * @param mode {@link PermissionMode#DEFAULT}, {@link PermissionMode#AUTO}, or null to end that
     */
    public void overrideMcpPermissionMode(String server, @Nullable PermissionMode mode) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("serverName", Check.notBlank("server", server));
        fields.put("mode", mode == null ? null : mode.value());
        ask("set_mcp_permission_mode_override", fields);
    }

    /**
     * Writes into a settings file, what the CLI lets a host write there: few settings are, and others are an error. Its
     * source must be one of the {@code settingSources} of the session.
     *
     * @param source {@link SettingSource#USER} or {@link SettingSource#LOCAL}
     * @param settings the settings, as JSON values
     */
    public void updateSettings(SettingSource source, Map<String, ?> settings) {
        Check.notNull("source", source);
        Check.that(!source.equals(SettingSource.PROJECT), "source must be USER or LOCAL, was %s", source);
        ask("update_settings", Map.of("source", source.value() + "Settings", "settings", settings));
    }

    /** Reads the output styles anew, and returns the names of those that there are. */
    @CanIgnoreReturnValue
    public List<String> reloadOutputStyles() {
        return List.of(
                Json.bind(ask("reload_output_styles", Map.of()).path("available_output_styles"), String[].class));
    }

    // ---- the session itself

    /**
     * Limits thinking for the rest of the session.
     *
     * @param tokens how many tokens of thinking a request may have, 0 for none
     */
    public void setMaxThinkingTokens(int tokens) {
        ask("set_max_thinking_tokens", Map.of("max_thinking_tokens", Check.atLeast("tokens", 0, tokens)));
    }

    /**
     * What a background shell has written so far.
     *
     * @throws io.github.claudesessions.error.ControlException if there is no such task
     */
    public String taskOutput(String taskId) {
        return ask("get_task_output", Map.of("task_id", Check.notBlank("taskId", taskId)))
                .path("output")
                .asText();
    }

    /**
     * Sends what runs in the foreground to the background: commands and subagents. What has begun just now may not be
     * among them yet.
     */
    public void backgroundTasks() {
        ask("background_tasks", Map.of());
    }

    /** As {@link #backgroundTasks()}, for what one tool call has started; false if that is not in the foreground (yet). */
    @CanIgnoreReturnValue
    public boolean backgroundTask(String toolUseId) {
        return ask("background_tasks", Map.of("tool_use_id", Check.notBlank("toolUseId", toolUseId)))
                .path("backgrounded")
                .asBoolean();
    }

    /** Names the conversation, for lists of conversations and {@code resumeTitle}. */
    public void rename(String title) {
        ask("rename_session", Map.of("title", Check.notBlank("title", title)));
    }

    /**
     * Changes settings for the rest of the session, as a settings file would.
     *
     * @param settings the settings, as JSON values
     */
    public void applyFlagSettings(Map<String, ?> settings) {
        ask("apply_flag_settings", Map.of("settings", settings));
    }

    /** The settings in force and where each comes from, with every field that the CLI sends. */
    public Map<String, Object> settings() {
        return Json.map(ask("get_settings", Map.of()));
    }

    /** Reads the skills anew, and returns those that there are. */
    @CanIgnoreReturnValue
    public List<SlashCommand> reloadSkills() {
        JsonNode skills = ask("reload_skills", Map.of()).path("skills");
        return List.of(Json.bind(skills, SlashCommand[].class));
    }

    /** Reads the plugins anew, and returns what the CLI says of them, with every field that it sends. */
    @CanIgnoreReturnValue
    public Map<String, Object> reloadPlugins() {
        return Json.map(ask("reload_plugins", Map.of()));
    }

    private <T> T ask(String subtype, Map<String, ?> fields, Class<T> type) {
        return Json.bindCamelCased(Json.map(ask(subtype, fields)), type);
    }

    @CanIgnoreReturnValue
    private JsonNode ask(String subtype, Map<String, ?> fields) {
        try {
            return conversation.with(core -> core.control(subtype, Json.objectOf(fields)));
        } finally {
            Reference.reachabilityFence(session);
        }
    }
}
