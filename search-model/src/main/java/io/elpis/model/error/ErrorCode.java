package io.elpis.model.error;

/** The kinds of failure a caller can see; each has OpenSearch's {@code error.type} and an HTTP status. */
public enum ErrorCode {
    PARSING("parsing_exception", 400),
    MAPPER_PARSING("mapper_parsing_exception", 400),
    STRICT_DYNAMIC_MAPPING("strict_dynamic_mapping_exception", 400),
    ILLEGAL_ARGUMENT("illegal_argument_exception", 400),
    INVALID_INDEX_NAME("invalid_index_name_exception", 400),
    ACTION_REQUEST_VALIDATION("action_request_validation_exception", 400),
    QUERY_SHARD("query_shard_exception", 400),
    RESOURCE_ALREADY_EXISTS("resource_already_exists_exception", 400),
    SETTINGS("settings_exception", 400),
    UNAUTHENTICATED("security_exception", 401),
    FORBIDDEN("security_exception", 403),
    INDEX_NOT_FOUND("index_not_found_exception", 404),
    DOCUMENT_MISSING("document_missing_exception", 404),
    RESOURCE_NOT_FOUND("resource_not_found_exception", 404),
    METHOD_NOT_ALLOWED("method_not_allowed_exception", 405),
    VERSION_CONFLICT("version_conflict_engine_exception", 409),
    GONE("resource_gone_exception", 410),
    CONTENT_TOO_LARGE("content_too_long_exception", 413),
    UNSUPPORTED_MEDIA_TYPE("media_type_header_exception", 415),
    TOO_MANY_REQUESTS("rejected_execution_exception", 429),
    /** The answer would be too large to hold. */
    CIRCUIT_BREAKING("circuit_breaking_exception", 429),
    INTERNAL("internal_server_error", 500),
    SHARD_NOT_AVAILABLE("no_shard_available_action_exception", 503),
    /** The copy that was asked has not come as far as the reader wants; another one may have. */
    COPY_BEHIND("no_shard_available_action_exception", 503),
    LOG_UNAVAILABLE("log_unavailable_exception", 503),
    SERVICE_UNAVAILABLE("service_unavailable_exception", 503),
    TIMED_OUT("timeout_exception", 504);

    private final String type;
    private final int httpStatus;

    ErrorCode(String type, int httpStatus) {
        this.type = type;
        this.httpStatus = httpStatus;
    }

    /** OpenSearch's {@code error.type}. */
    public String type() {
        return type;
    }

    public int httpStatus() {
        return httpStatus;
    }

    /** Whether the caller has to change the request before sending it again. */
    public boolean isCallersFault() {
        return httpStatus < 500 && httpStatus != 429;
    }
}
