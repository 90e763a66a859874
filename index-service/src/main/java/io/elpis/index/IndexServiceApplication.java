package io.elpis.index;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;

/** The catalog makes its own template; nobody asks for one, a listener or an admin client that Boot would provide. */
@SpringBootApplication(proxyBeanMethods = false, exclude = KafkaAutoConfiguration.class)
public class IndexServiceApplication {
    public static void main(String[] arguments) {
        SpringApplication.run(IndexServiceApplication.class, arguments);
    }
}
