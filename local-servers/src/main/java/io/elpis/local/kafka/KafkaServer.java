package io.elpis.local.kafka;

import io.elpis.local.InstanceFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import kafka.Kafka;
import kafka.tools.StorageTool;

/** Runs one Kafka broker in this process, formatting its storage at the first start; SIGTERM stops it cleanly. */
public final class KafkaServer {

    private KafkaServer() {}

    public static void main(String[] arguments) throws IOException {
        var settings = BrokerSettings.of(InstanceFile.fromArguments(arguments));
        Path serverProperties = write(settings);
        if (!Files.exists(settings.metaProperties())) {
            format(settings, serverProperties);
        }
        Kafka.main(new String[] {serverProperties.toString()});
    }

    private static Path write(BrokerSettings settings) throws IOException {
        Files.createDirectories(settings.directory());
        Path file = settings.directory().resolve("server.properties");
        Properties kafka = settings.toKafka();
        try (var writer = Files.newBufferedWriter(file)) {
            kafka.store(writer, "Written at every start");
        }
        return file;
    }

    private static void format(BrokerSettings settings, Path serverProperties) {
        int exit = StorageTool.execute(
                new String[] {
                    "format",
                    "--cluster-id",
                    settings.clusterId(),
                    "--ignore-formatted",
                    "--config",
                    serverProperties.toString()
                },
                System.out);
        if (exit != 0) {
            throw new IllegalStateException("could not format " + settings.directory() + ", exit code " + exit);
        }
    }
}
