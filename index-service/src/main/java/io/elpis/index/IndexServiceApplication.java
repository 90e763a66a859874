package io.elpis.index;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

@SpringBootApplication(proxyBeanMethods = false)
public class IndexServiceApplication {
    public static void main(String[] arguments) {
        SpringApplication.run(IndexServiceApplication.class, arguments);
    }
}
