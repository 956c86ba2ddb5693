package io.github.claudesessions.internal.codec;

import io.github.claudesessions.message.ApiErrorKind;
import io.github.claudesessions.message.ApiRetry;
import io.github.claudesessions.message.ControlRequestProgress;
import io.github.claudesessions.message.ModelFallback;
import io.github.claudesessions.message.ModelRefusalFallback;
import io.github.claudesessions.message.ModelRefusalNoFallback;

/** System messages about requests to the model. */
final class ApiCodec {
    private ApiCodec() {}

    static ApiRetry apiRetry(Frame m) {
        Fields f = m.fields();
        return new ApiRetry(
                m.uuid(),
                m.sessionId(),
                m.raw(),
                f.integer("attempt"),
                f.integer("max_retries"),
                f.number("retry_delay_ms"),
                f.integerOrNull("error_status"),
                f.value("error", ApiErrorKind::new),
                f.objectOrNull("no_response", ApiCodec::noResponse));
    }

    private static ApiRetry.NoResponse noResponse(Fields f) {
        return new ApiRetry.NoResponse(f.number("waited_ms"), f.number("retry_wait_ms"));
    }

    static ControlRequestProgress controlRequestProgress(Frame m) {
        Fields f = m.fields();
        return new ControlRequestProgress(
                m.uuid(),
                m.sessionId(),
                m.raw(),
                f.string("request_id"),
                f.string("status"),
                f.integerOrNull("attempt"),
                f.integerOrNull("max_retries"),
                f.numberOrNull("retry_delay_ms"),
                f.integerOrNull("error_status"));
    }

    static ModelFallback modelFallback(Frame m) {
        Fields f = m.fields();
        return new ModelFallback(
                m.uuid(),
                m.sessionId(),
                m.raw(),
                f.string("trigger"),
                f.string("original_model"),
                f.string("fallback_model"),
                f.string("content"));
    }

    static ModelRefusalFallback modelRefusalFallback(Frame m) {
        Fields f = m.fields();
        return new ModelRefusalFallback(
                m.uuid(),
                m.sessionId(),
                m.raw(),
                f.string("trigger"),
                f.string("direction"),
                f.stringOrNull("scope"),
                f.string("original_model"),
                f.string("fallback_model"),
                f.stringOrNull("request_id"),
                f.stringOrNull("api_refusal_category"),
                f.stringOrNull("api_refusal_explanation"),
                f.stringsOrEmpty("retracted_message_uuids"),
                f.stringOrNull("refused_user_message_uuid"),
                f.string("content"));
    }

    static ModelRefusalNoFallback modelRefusalNoFallback(Frame m) {
        Fields f = m.fields();
        return new ModelRefusalNoFallback(
                m.uuid(),
                m.sessionId(),
                m.raw(),
                f.string("original_model"),
                f.stringOrNull("request_id"),
                f.stringOrNull("api_refusal_category"),
                f.stringOrNull("api_refusal_explanation"),
                f.stringOrNull("refused_user_message_uuid"),
                f.string("content"));
    }
}
