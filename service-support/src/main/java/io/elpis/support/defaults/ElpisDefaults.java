package io.elpis.support.defaults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ClassPathResource;

/**
 * Puts {@code elpis-defaults.yaml} under every other source of settings, and with it what can only be said once the
 * instance is known: the address and gRPC port it registers under.
 */
public final class ElpisDefaults implements EnvironmentPostProcessor, Ordered {
    private static final String FILE = "elpis-defaults.yaml";
    private static final Set<String> ANY_ADDRESS = Set.of("0.0.0.0", "::", "0:0:0:0:0:0:0:0");

    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE;
    }

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        environment
                .getPropertySources()
                .addLast(new MapPropertySource("elpis-registration", registration(environment)));
        try {
            for (PropertySource<?> defaults : new YamlPropertySourceLoader().load(FILE, new ClassPathResource(FILE))) {
                environment.getPropertySources().addLast(defaults);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(FILE + " cannot be read", e);
        }
    }

    private static Map<String, Object> registration(ConfigurableEnvironment environment) {
        Map<String, Object> settings = new HashMap<>();
        String address = known(environment, "server.address");
        if (address != null && !ANY_ADDRESS.contains(address)) {
            settings.put("eureka.instance.ip-address", address);
        }
        String grpcPort = known(environment, "spring.grpc.server.port");
        if (grpcPort != null) {
            settings.put("eureka.instance.metadata-map.grpcPort", grpcPort);
        }
        return settings;
    }

    private static @Nullable String known(ConfigurableEnvironment environment, String name) {
        String value = environment.getProperty(name);
        return value == null || value.isBlank() ? null : value;
    }
}
