package io.elpis.support.access;

import io.elpis.support.identity.CachedVerdicts;
import io.elpis.support.identity.IdentityConfiguration;
import io.elpis.support.identity.TokenVerifier;
import jakarta.servlet.Filter;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.web.DefaultSecurityFilterChain;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.security.web.firewall.StrictHttpFirewall;
import org.springframework.security.web.server.MatcherSecurityWebFilterChain;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.firewall.ServerWebExchangeFirewall;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatchers;
import org.springframework.security.web.util.matcher.AnyRequestMatcher;
import org.springframework.web.reactive.DispatcherHandler;
import reactor.core.scheduler.Schedulers;

/** Wires the door that fits the kind of service; a service's own chains go before it. */
@AutoConfiguration(
        after = IdentityConfiguration.class,
        beforeName = {
            "org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration",
            "org.springframework.boot.security.autoconfigure.web.reactive.ReactiveWebSecurityAutoConfiguration",
            "org.springframework.boot.security.autoconfigure.actuate.web.servlet.ManagementWebSecurityAutoConfiguration",
            "org.springframework.boot.security.autoconfigure.actuate.web.reactive.ReactiveManagementWebSecurityAutoConfiguration"
        })
public class AccessConfiguration {
    @Bean
    @ConditionalOnMissingBean
    AccessRules accessRules(ObjectProvider<AccessPolicy> policies) {
        return new AccessRules(policies.orderedStream()
                .flatMap(policy -> policy.rules().stream())
                .toList());
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
    @ConditionalOnClass(Filter.class)
    static class Servlet {
        @Bean
        @Order(1000)
        SecurityFilterChain accessFilterChain(AccessRules rules, TokenVerifier verifier) {
            return new DefaultSecurityFilterChain(
                    AnyRequestMatcher.INSTANCE, List.of(new ServletAccessFilter(rules, verifier)));
        }

        /** Document ids may hold any character, once encoded; AccessRules refuses what would be ambiguous. */
        @Bean
        HttpFirewall idsMayHoldAnything() {
            StrictHttpFirewall firewall = new StrictHttpFirewall();
            firewall.setAllowUrlEncodedSlash(true);
            firewall.setAllowUrlEncodedDoubleSlash(true);
            firewall.setAllowUrlEncodedPercent(true);
            firewall.setAllowUrlEncodedPeriod(true);
            firewall.setAllowSemicolon(true);
            firewall.setAllowBackSlash(true);
            firewall.setAllowUrlEncodedCarriageReturn(true);
            firewall.setAllowUrlEncodedLineFeed(true);
            firewall.setAllowUrlEncodedLineSeparator(true);
            firewall.setAllowUrlEncodedParagraphSeparator(true);
            return firewall;
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
    @ConditionalOnClass({TomcatServletWebServerFactory.class, org.apache.catalina.connector.Connector.class})
    static class Tomcat {
        /** Tomcat refuses encoded slashes unless told to leave them alone. */
        @Bean
        WebServerFactoryCustomizer<TomcatServletWebServerFactory> encodedSlashesPass() {
            return factory -> factory.addConnectorCustomizers(connector -> {
                connector.setEncodedSolidusHandling("passthrough");
                connector.setEncodedReverseSolidusHandling("passthrough");
            });
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
    @ConditionalOnClass(DispatcherHandler.class)
    static class Reactive {
        @Bean
        @ConditionalOnMissingBean
        SecurityWebFilterChain accessFilterChain(AccessRules rules, CachedVerdicts verdicts) {
            return new MatcherSecurityWebFilterChain(
                    ServerWebExchangeMatchers.anyExchange(),
                    List.of(new ReactiveAccessFilter(rules, verdicts, Schedulers.boundedElastic())));
        }

        @Bean
        ServerWebExchangeFirewall idsMayHoldAnything() {
            return ServerWebExchangeFirewall.INSECURE_NOOP;
        }
    }
}
