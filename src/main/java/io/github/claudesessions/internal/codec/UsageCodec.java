package io.github.claudesessions.internal.codec;

import io.github.claudesessions.message.Usage;

/** The API's counts of tokens. The API leaves out numbers and sends null for them, so none of them is required. */
final class UsageCodec {
    private UsageCodec() {}

    static Usage usageOrNone(Fields f, String field) {
        Usage usage = f.objectOrNull(field, UsageCodec::usage);
        return usage == null ? Usage.NONE : usage;
    }

    private static Usage usage(Fields f) {
        Fields cache = f.child("cache_creation");
        Fields server = f.child("server_tool_use");
        return new Usage(
                f.numberOrZero("input_tokens"),
                f.numberOrZero("output_tokens"),
                f.numberOrZero("cache_creation_input_tokens"),
                f.numberOrZero("cache_read_input_tokens"),
                cache.numberOrZero("ephemeral_5m_input_tokens"),
                cache.numberOrZero("ephemeral_1h_input_tokens"),
                f.child("output_tokens_details").numberOrZero("thinking_tokens"),
                server.numberOrZero("web_search_requests"),
                server.numberOrZero("web_fetch_requests"),
                f.stringOrNull("service_tier"),
                f.stringOrNull("inference_geo"),
                f.stringOrNull("speed"));
    }
}
