package io.elpis.auth.token;

import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Name and password from an {@code Authorization: Basic …} header (RFC 7617, UTF-8). */
record BasicCredentials(String name, String password) {
    private static final String BASIC = "Basic ";

    /** @throws ElpisException UNAUTHENTICATED when the header is missing or is no such thing */
    static BasicCredentials parse(@Nullable String header) {
        if (header == null || !header.regionMatches(true, 0, BASIC, 0, BASIC.length())) {
            throw refused("name and password are needed, as HTTP Basic");
        }
        try {
            byte[] decoded =
                    Base64.getDecoder().decode(header.substring(BASIC.length()).trim());
            String text = new String(decoded, StandardCharsets.UTF_8);
            int colon = text.indexOf(':');
            if (colon <= 0) {
                throw refused("the HTTP Basic credentials are not name:password");
            }
            return new BasicCredentials(text.substring(0, colon), text.substring(colon + 1));
        } catch (IllegalArgumentException e) {
            throw refused("the HTTP Basic credentials are not Base64");
        }
    }

    private static ElpisException refused(String reason) {
        return new ElpisException(ErrorCode.UNAUTHENTICATED, reason);
    }

    @Override
    public String toString() {
        return name;
    }
}
