package io.elpis.query;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Starts a query node. */
@SpringBootApplication
public class QueryServiceApplication {
    public static void main(String[] arguments) {
        SpringApplication.run(QueryServiceApplication.class, arguments);
    }
}
