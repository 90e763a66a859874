package io.elpis.discovery;

import org.springframework.boot.security.autoconfigure.SecurityProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UsernameNotFoundException;
import org.springframework.security.web.SecurityFilterChain;

/**
 * Who may read and change the registry: whoever knows its password ({@code spring.security.user.*}). The actuator is
 * left to the chain every service has.
 */
@Configuration(proxyBeanMethods = false)
class RegistryAccess {
    @Bean
    @Order(1)
    SecurityFilterChain registryFilterChain(HttpSecurity http, SecurityProperties properties) {
        SecurityProperties.User user = properties.getUser();
        if (user.isPasswordGenerated()) {
            throw new IllegalStateException("spring.security.user.password is not set: the registry needs one");
        }
        // Kept as it came: hashing it would cost each of the many renewals a tenth of a second. For the same reason a
        // plain look-up and no InMemoryUserDetailsManager, which hashes the password at its first use.
        UserDetails registrar = User.withUsername(user.getName())
                .password("{noop}" + user.getPassword())
                .authorities("registry")
                .build();
        return http.securityMatcher(request -> !request.getRequestURI().startsWith("/actuator"))
                .authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
                .userDetailsService(name -> known(registrar, name))
                .httpBasic(Customizer.withDefaults())
                .csrf(csrf -> csrf.disable())
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .requestCache(cache -> cache.disable())
                .logout(logout -> logout.disable())
                .build();
    }

    /** A copy, as its password is erased after use. */
    private static UserDetails known(UserDetails registrar, String name) {
        if (!registrar.getUsername().equals(name)) {
            throw new UsernameNotFoundException("the registry has one user, and that is another");
        }
        return User.withUserDetails(registrar).build();
    }
}
