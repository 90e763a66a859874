package io.elpis.support.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import io.elpis.support.access.Requirement.Authenticated;
import io.elpis.support.access.Requirement.Open;
import io.elpis.support.access.Requirement.Scope;
import io.elpis.support.identity.Caller;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccessRulesTest {
    private final AccessRules rules = new AccessRules(
            List.of(AccessRule.open("/banner", "GET"), AccessRule.scope("manage", "/users/**", "PUT", "DELETE")));

    @Test
    void ownRulesComeBeforeTheCommonOnes() {
        assertThat(rules.requirement("GET", "/banner")).isEqualTo(new Open());
        assertThat(rules.requirement("POST", "/banner")).isEqualTo(new Authenticated());
        assertThat(rules.requirement("PUT", "/users/eve")).isEqualTo(new Scope("manage"));
        assertThat(rules.requirement("GET", "/users/eve")).isEqualTo(new Authenticated());
    }

    @Test
    void onlyHealthIsOpenOfTheActuator() {
        assertThat(rules.requirement("GET", "/actuator/health")).isEqualTo(new Open());
        assertThat(rules.requirement("GET", "/actuator/health/readiness")).isEqualTo(new Open());
        assertThat(rules.requirement("POST", "/actuator/health")).isEqualTo(new Scope("monitor"));
        assertThat(rules.requirement("GET", "/actuator/prometheus")).isEqualTo(new Scope("monitor"));
        assertThat(rules.requirement("GET", "/actuator")).isEqualTo(new Scope("monitor"));
        assertThat(rules.requirement("GET", "/")).isEqualTo(new Authenticated());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/actuator/health/../info",
                "/actuator/health/%2e%2e/info",
                "/actuator/health/.%2E;x=1/info",
                "/a/./b",
            })
    void pathsThatClimbAreRefused(String path) {
        assertThatExceptionOfType(ElpisException.class)
                .isThrownBy(() -> rules.requirement("GET", path))
                .satisfies(refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.ILLEGAL_ARGUMENT));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/wiki/_doc/a%2Fb", "/wiki/_doc/...", "/wiki/_doc/v1.2", "/.internal/_search", "/w/_doc/%25"})
    void idsMayHoldAnything(String path) {
        assertThat(rules.requirement("GET", path)).isEqualTo(new Authenticated());
    }

    @Test
    void missingScopeIsForbidden() {
        Caller caller = new Caller("eve", Set.of("read"), Instant.MAX, "t");

        assertThatCode(() -> AccessRules.check(new Scope("read"), caller)).doesNotThrowAnyException();
        assertThatExceptionOfType(ElpisException.class)
                .isThrownBy(() -> AccessRules.check(new Scope("manage"), caller))
                .satisfies(refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.FORBIDDEN))
                .withMessageContaining("manage")
                .withMessageContaining("eve");
    }
}
