package io.github.claudesessions.control;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.claudesessions.message.SlashCommand;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the CLI says of itself when a session starts. Source: the answer to {@code initialize}.
 *
 * @param claudeCodeVersion its version, or null
 * @param commands its slash commands and skills
 * @param agents its kinds of subagents
 * @param models the models that the session can be set to
 * @param account whose account it uses
 * @param outputStyle the output style in force
 * @param availableOutputStyles the output styles that there are
 */
public record ServerInfo(
        @JsonProperty("claude_code_version") @Nullable String claudeCodeVersion,
        List<SlashCommand> commands,
        List<AgentInfo> agents,
        List<ModelInfo> models,
        AccountInfo account,
        @JsonProperty("output_style") String outputStyle,
        @JsonProperty("available_output_styles") List<String> availableOutputStyles) {
    /** Copies the lists. */
    @SuppressWarnings("ConstantValue")
    public ServerInfo {
        commands = Copies.list(commands);
        agents = Copies.list(agents);
        models = Copies.list(models);
        account = account == null ? AccountInfo.UNKNOWN : account;
        outputStyle = Copies.text(outputStyle);
        availableOutputStyles = Copies.list(availableOutputStyles);
    }
}
