package io.github.claudesessions.internal.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.claudesessions.internal.codec.Lines.Line;
import io.github.claudesessions.message.ActiveGoal;
import io.github.claudesessions.message.ApiEvent;
import io.github.claudesessions.message.AssistantMessage;
import io.github.claudesessions.message.AuthStatus;
import io.github.claudesessions.message.AutocompactState;
import io.github.claudesessions.message.CodeChangePublished;
import io.github.claudesessions.message.ContentBlock;
import io.github.claudesessions.message.DevIntent;
import io.github.claudesessions.message.FeedbackDraftQueued;
import io.github.claudesessions.message.FileAttachmentsMissing;
import io.github.claudesessions.message.FilesPersisted;
import io.github.claudesessions.message.InheritedAsksSettled;
import io.github.claudesessions.message.InstructionSizeWarning;
import io.github.claudesessions.message.LateAllowNotRun;
import io.github.claudesessions.message.LocalCommandOutput;
import io.github.claudesessions.message.MemoryRecall;
import io.github.claudesessions.message.Message;
import io.github.claudesessions.message.MirrorError;
import io.github.claudesessions.message.ModelRefusalFallback;
import io.github.claudesessions.message.ModelRefusalNoFallback;
import io.github.claudesessions.message.OversizeMessage;
import io.github.claudesessions.message.PeerMessageHold;
import io.github.claudesessions.message.PerTurnEffortChanged;
import io.github.claudesessions.message.PermissionCheckStatus;
import io.github.claudesessions.message.PluginInstall;
import io.github.claudesessions.message.PostTurnSummary;
import io.github.claudesessions.message.PromptSuggestion;
import io.github.claudesessions.message.RateLimitEvent;
import io.github.claudesessions.message.SessionMetadata;
import io.github.claudesessions.message.SessionWritesLost;
import io.github.claudesessions.message.ShellCwd;
import io.github.claudesessions.message.StreamEvent;
import io.github.claudesessions.message.TaskListStatuses;
import io.github.claudesessions.message.TaskSummary;
import io.github.claudesessions.message.TurnPreempted;
import io.github.claudesessions.message.UnknownBlock;
import io.github.claudesessions.message.UnknownMessage;
import io.github.claudesessions.message.UnknownSystemMessage;
import io.github.claudesessions.message.UserMessage;
import io.github.claudesessions.message.VcsStateChanged;
import io.github.claudesessions.message.WorkerShuttingDown;
import java.io.IOException;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Lines that the real CLI wrote, with paths and ids changed: nothing in them is unknown. */
@Timeout(30)
class RecordedLinesTest {
    /** Types of messages that nothing here makes the CLI write. The samples alone stand for them. */
    private static final Set<Class<? extends Message>> NOT_RECORDED = Set.of(
            // the API or an account must say so
            AuthStatus.class,
            RateLimitEvent.class,
            PromptSuggestion.class,
            MemoryRecall.class,
            ModelRefusalFallback.class,
            ModelRefusalNoFallback.class,
            PostTurnSummary.class,
            TaskSummary.class,
            // the CLI keeps them to hosts of its own vendor, in the cloud or on a desktop
            ActiveGoal.class,
            AutocompactState.class,
            CodeChangePublished.class,
            FeedbackDraftQueued.class,
            FileAttachmentsMissing.class,
            FilesPersisted.class,
            InheritedAsksSettled.class,
            InstructionSizeWarning.class,
            LateAllowNotRun.class,
            LocalCommandOutput.class,
            PerTurnEffortChanged.class,
            PermissionCheckStatus.class,
            PluginInstall.class,
            SessionMetadata.class,
            ShellCwd.class,
            TaskListStatuses.class,
            TurnPreempted.class,
            VcsStateChanged.class,
            WorkerShuttingDown.class,
            // the CLI writes it after some turns that edit such files, not after each
            DevIntent.class,
            // a peer or a full disk must play along
            PeerMessageHold.class,
            SessionWritesLost.class,
            // not the CLI's: a host makes them, or they are whatever is not known
            MirrorError.class,
            OversizeMessage.class,
            UnknownMessage.class,
            UnknownSystemMessage.class);

    static List<Line> lines() throws IOException, URISyntaxException {
        return Lines.recorded();
    }

    @ParameterizedTest
    @MethodSource("lines")
    void isKnown(Line line) {
        Message message = Lines.message(line.json());
        assertThat(message).isNotInstanceOfAny(UnknownMessage.class, UnknownSystemMessage.class);
        assertThat(message.sessionId()).isNotNull();
        if (message instanceof AssistantMessage assistant) {
            assertThat(assistant.content()).isNotEmpty().hasOnlyElementsOfTypes(known());
            assertThat(assistant.id()).isNotNull();
        } else if (message instanceof UserMessage user) {
            assertThat(user.content()).isNotEmpty().hasOnlyElementsOfTypes(known());
        } else if (message instanceof StreamEvent event) {
            assertThat(event.event()).isNotInstanceOf(ApiEvent.UnknownApiEvent.class);
        }
    }

    @Test
    void everyOtherTypeIsRecorded() throws Exception {
        Set<Class<?>> recorded = lines().stream()
                .map(line -> Lines.message(line.json()).getClass())
                .collect(Collectors.toSet());
        Set<Class<?>> expected = new HashSet<>(SamplesTest.leaves(Message.class));
        expected.removeAll(NOT_RECORDED);
        assertThat(recorded).containsExactlyInAnyOrderElementsOf(expected);
    }

    private static Class<?>[] known() {
        return Arrays.stream(ContentBlock.class.getPermittedSubclasses())
                .filter(type -> type != UnknownBlock.class)
                .toArray(Class<?>[]::new);
    }
}
