package io.elpis.auth.account;

import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import io.elpis.support.access.Callers;
import io.elpis.support.audit.Audit;
import io.elpis.support.identity.Caller;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** User administration, for callers with scope {@code security}. */
@RestController
@RequestMapping("/_elpis/users")
class AccountEndpoint {
    private final Accounts accounts;
    private final Audit audit = new Audit();

    AccountEndpoint(Accounts accounts) {
        this.accounts = accounts;
    }

    record Shown(String name, List<String> scopes, String created_at) {
        static Shown of(Account account) {
            return new Shown(
                    account.name(),
                    List.copyOf(new TreeSet<>(account.scopes())),
                    account.createdAt().toString());
        }
    }

    record Listed(List<Shown> users) {}

    record Result(String name, String result) {}

    @GetMapping
    Listed list() {
        return new Listed(accounts.all().stream().map(Shown::of).toList());
    }

    @GetMapping("/{name}")
    Shown get(@PathVariable("name") String name) {
        return accounts.find(name)
                .map(Shown::of)
                .orElseThrow(() ->
                        new ElpisException(ErrorCode.RESOURCE_NOT_FOUND, "user [" + Audit.plain(name) + "] not found"));
    }

    @PutMapping("/{name}")
    ResponseEntity<Result> put(
            @PathVariable("name") String name,
            @RequestBody(required = false) byte @Nullable [] body,
            @RequestAttribute(Callers.ATTRIBUTE) Caller caller) {
        AccountChange.checkName(name);
        boolean created = accounts.put(name, AccountChange.parse(body == null ? new byte[0] : body));
        audit.done(caller.subject(), created ? "user-create" : "user-change", name);
        return created
                ? ResponseEntity.status(HttpStatus.CREATED).body(new Result(name, "created"))
                : ResponseEntity.ok(new Result(name, "updated"));
    }

    @DeleteMapping("/{name}")
    Result delete(@PathVariable("name") String name, @RequestAttribute(Callers.ATTRIBUTE) Caller caller) {
        accounts.delete(name);
        audit.done(caller.subject(), "user-delete", name);
        return new Result(name, "deleted");
    }
}
