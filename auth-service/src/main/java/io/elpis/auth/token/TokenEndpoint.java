package io.elpis.auth.token;

import io.elpis.auth.account.Account;
import io.elpis.auth.account.Accounts;
import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import io.elpis.support.audit.Audit;
import io.elpis.support.identity.IssuedToken;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** {@code POST /_elpis/token}: name and password in, token out. */
@RestController
class TokenEndpoint {
    private final Accounts accounts;
    private final TokenMint mint;
    private final Audit audit = new Audit();

    TokenEndpoint(Accounts accounts, TokenMint mint) {
        this.accounts = accounts;
        this.mint = mint;
    }

    record Answer(String access_token, String token_type, long expires_in, String scope) {}

    @PostMapping("/_elpis/token")
    ResponseEntity<Answer> token(@RequestHeader(name = "Authorization", required = false) @Nullable String header) {
        BasicCredentials credentials = BasicCredentials.parse(header);
        Account account = accounts.authenticate(credentials.name(), credentials.password())
                .orElseThrow(() -> refused(credentials.name()));
        IssuedToken token = mint.issue(account);
        audit.done(account.name(), "token", "auth-service");
        return ResponseEntity.ok()
                .cacheControl(CacheControl.noStore())
                .body(new Answer(
                        token.value(),
                        "Bearer",
                        token.lifetime().toSeconds(),
                        String.join(" ", new TreeSet<>(account.scopes()))));
    }

    private ElpisException refused(String name) {
        audit.refused(name, "token", "auth-service");
        return new ElpisException(ErrorCode.UNAUTHENTICATED, "unknown name or wrong password");
    }
}
