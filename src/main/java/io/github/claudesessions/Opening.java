package io.github.claudesessions;

import io.github.claudesessions.internal.protocol.Continuity;
import io.github.claudesessions.internal.protocol.SessionCore;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;

/**
 * How a process is started, beside its options.
 *
 * @param partialOnWire whether the CLI writes stream events, also if the options do not have them delivered; it does too
 *     if a limit of silence depends on them
 * @param continuity what there was before and comes after the process
 * @param prepare gets the session before the CLI can write or ask anything
 * @param secrets what errors must not show
 */
record Opening(
        boolean partialOnWire,
        Continuity continuity,
        Consumer<? super SessionCore> prepare,
        Collection<String> secrets) {
    Opening {
        secrets = List.copyOf(secrets);
    }

    /** Of a conversation that is over when its process is. */
    static Opening plain(boolean partialOnWire) {
        return new Opening(partialOnWire, Continuity.NONE, core -> {}, List.of());
    }

    Opening with(Collection<String> moreSecrets) {
        return new Opening(partialOnWire, continuity, prepare, moreSecrets);
    }
}
