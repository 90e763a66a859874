package io.elpis.auth.token;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** @param tokenLife of users' and services' tokens; a deleted user's token stays good for as long */
@ConfigurationProperties("elpis.auth")
public record TokenProperties(@DefaultValue("1h") Duration tokenLife) {
    public TokenProperties {
        if (tokenLife.toSeconds() < 10 || tokenLife.toDays() > 30) {
            throw new IllegalArgumentException("elpis.auth.token-life must be between 10s and 30d, not " + tokenLife);
        }
    }
}
