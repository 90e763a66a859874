package io.elpis.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/** The properties file that says everything one local server needs to know; the caller writes it. */
public record InstanceFile(Path path, Properties properties) {

    /** Reads the file named by the only argument of a server's {@code main}. */
    public static InstanceFile fromArguments(String[] arguments) {
        if (arguments.length != 1) {
            throw new IllegalArgumentException("expected one argument: the instance's properties file");
        }
        return read(Path.of(arguments[0]));
    }

    public static InstanceFile read(Path path) {
        var properties = new Properties();
        try (var reader = Files.newBufferedReader(path)) {
            properties.load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + path, e);
        }
        return new InstanceFile(path, properties);
    }

    public String text(String key) {
        String value = properties.getProperty(key);
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException(path + " lacks " + key);
        }
        return value.strip();
    }

    /** @param fallback where the file does not say */
    public String text(String key, String fallback) {
        return properties.containsKey(key) ? text(key) : fallback;
    }

    public int number(String key) {
        try {
            return Integer.parseInt(text(key));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(path + ": " + key + " is no number", e);
        }
    }

    public Path directory(String key) {
        return Path.of(text(key)).toAbsolutePath().normalize();
    }
}
