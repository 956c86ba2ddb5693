package io.github.claudesessions.message;

import io.github.claudesessions.internal.Check;

/**
 * The kind of an error of the model API. An open set: a value that this version does not know is just another value.
 *
 * @param value the value as it is on the wire
 */
public record ApiErrorKind(String value) {
    /** {@code authentication_failed} */
    public static final ApiErrorKind AUTHENTICATION_FAILED = new ApiErrorKind("authentication_failed");

    /** {@code oauth_org_not_allowed} */
    public static final ApiErrorKind OAUTH_ORG_NOT_ALLOWED = new ApiErrorKind("oauth_org_not_allowed");

    /** {@code account_on_hold} */
    public static final ApiErrorKind ACCOUNT_ON_HOLD = new ApiErrorKind("account_on_hold");

    /** {@code verification_required} */
    public static final ApiErrorKind VERIFICATION_REQUIRED = new ApiErrorKind("verification_required");

    /** {@code billing_error} */
    public static final ApiErrorKind BILLING_ERROR = new ApiErrorKind("billing_error");

    /** {@code rate_limit} */
    public static final ApiErrorKind RATE_LIMIT = new ApiErrorKind("rate_limit");

    /** {@code overloaded} */
    public static final ApiErrorKind OVERLOADED = new ApiErrorKind("overloaded");

    /** {@code invalid_request} */
    public static final ApiErrorKind INVALID_REQUEST = new ApiErrorKind("invalid_request");

    /** {@code model_not_found} */
    public static final ApiErrorKind MODEL_NOT_FOUND = new ApiErrorKind("model_not_found");

    /** {@code server_error} */
    public static final ApiErrorKind SERVER_ERROR = new ApiErrorKind("server_error");

    /** {@code unknown} */
    public static final ApiErrorKind UNKNOWN = new ApiErrorKind("unknown");

    /** {@code max_output_tokens} */
    public static final ApiErrorKind MAX_OUTPUT_TOKENS = new ApiErrorKind("max_output_tokens");

    /** {@code cloud_credential_error} */
    public static final ApiErrorKind CLOUD_CREDENTIAL_ERROR = new ApiErrorKind("cloud_credential_error");

    /** Checks that there is a value. */
    public ApiErrorKind {
        Check.notNull("value", value);
    }

    /** The value as it is on the wire. */
    @Override
    public String toString() {
        return value;
    }
}
