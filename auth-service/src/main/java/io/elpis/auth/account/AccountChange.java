package io.elpis.auth.account;

import io.elpis.model.body.JsonBody;
import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import io.elpis.support.identity.Scopes;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What an administrator wants an account to be: {@code {"password":"…","scopes":["read"]}}. What is missing stays as it
 * is.
 */
record AccountChange(@Nullable String password, @Nullable Set<String> scopes) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._@-]{0,63}");
    private static final Set<String> FIELDS = Set.of("password", "scopes");
    private static final int SHORTEST_PASSWORD = 8;

    /** bcrypt looks at no more. */
    private static final int LONGEST_PASSWORD = 72;

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    static void checkName(String name) {
        if (!NAME.matcher(name).matches()) {
            throw invalid("user name must be 1 to 64 letters, digits or [._@-] and start with a letter or digit");
        }
    }

    static AccountChange parse(byte[] body) {
        try {
            JsonNode json = JSON.readTree(body);
            if (json == null || !json.isObject()) {
                throw new ElpisException(ErrorCode.PARSING, "expected an object with [password] and [scopes]");
            }
            for (String field : json.propertyNames()) {
                if (!FIELDS.contains(field)) {
                    throw new ElpisException(ErrorCode.PARSING, "unknown field [" + field + "], expected " + FIELDS);
                }
            }
            return new AccountChange(password(json.get("password")), scopes(json.get("scopes")));
        } catch (JacksonException broken) {
            var at = broken.getLocation();
            throw new ElpisException(
                    ErrorCode.PARSING,
                    "broken JSON: " + JsonBody.mistake(broken),
                    at == null ? Map.of() : Map.of("line", at.getLineNr(), "col", at.getColumnNr()));
        }
    }

    private static @Nullable String password(@Nullable JsonNode json) {
        if (json == null) {
            return null;
        }
        if (!json.isString()) {
            throw invalid("[password] must be a string");
        }
        String password = json.stringValue();
        checkPassword(password);
        return password;
    }

    static void checkPassword(String password) {
        int bytes = password.getBytes(StandardCharsets.UTF_8).length;
        if (bytes < SHORTEST_PASSWORD || bytes > LONGEST_PASSWORD) {
            throw invalid(
                    "[password] must be " + SHORTEST_PASSWORD + " to " + LONGEST_PASSWORD + " bytes, not " + bytes);
        }
    }

    private static @Nullable Set<String> scopes(@Nullable JsonNode json) {
        if (json == null) {
            return null;
        }
        if (!json.isArray()) {
            throw invalid("[scopes] must be an array");
        }
        Set<String> scopes = new TreeSet<>();
        for (JsonNode scope : json) {
            if (!scope.isString() || !Scopes.FOR_USERS.contains(scope.stringValue())) {
                throw invalid("unknown scope [" + scope.asString() + "], expected " + new TreeSet<>(Scopes.FOR_USERS));
            }
            scopes.add(scope.stringValue());
        }
        return scopes;
    }

    private static ElpisException invalid(String reason) {
        return new ElpisException(ErrorCode.ILLEGAL_ARGUMENT, reason);
    }

    @Override
    public String toString() {
        return "AccountChange[scopes=" + scopes + "]";
    }
}
