package io.github.claudesessions.control;

import org.jspecify.annotations.Nullable;

/**
 * Whose account the CLI uses. Source: the answer to {@code initialize}.
 *
 * @param email the address, or null
 * @param organization the organisation, or null
 * @param subscriptionType the subscription, or null
 * @param tokenSource where a token came from, or null
 * @param apiKeySource where an API key came from, such as {@code ANTHROPIC_API_KEY}, or null
 * @param apiProvider whose API it is, such as {@code firstParty} or {@code bedrock}, or null
 */
public record AccountInfo(
        @Nullable String email,
        @Nullable String organization,
        @Nullable String subscriptionType,
        @Nullable String tokenSource,
        @Nullable String apiKeySource,
        @Nullable String apiProvider) {
    static final AccountInfo UNKNOWN = new AccountInfo(null, null, null, null, null, null);

    /** Leaves the address out, which is somebody's. */
    @Override
    public String toString() {
        return "AccountInfo[subscriptionType=" + subscriptionType + ", tokenSource=" + tokenSource + ", apiKeySource="
                + apiKeySource + ", apiProvider=" + apiProvider + "]";
    }
}
