package io.elpis.e2e.boundary;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The modules of this build and their compiled classes. */
final class Modules {
    static final List<String> SERVICES = List.of("discovery", "auth", "gateway", "index", "query", "aggregator");

    private static final List<String> DIRECTORIES = List.of(
            "search-model",
            "text-analysis",
            "protocol",
            "service-support",
            "discovery",
            "auth-service",
            "gateway",
            "index-service",
            "query-service",
            "aggregator-service",
            "local-servers",
            "torture",
            "launcher");

    /** In the names of classes that ahead-of-time processing has written. */
    private static final String GENERATED = "__";

    private Modules() {}

    static Path root() {
        return Path.of(System.getProperty("elpis.root", ".."));
    }

    static JavaClasses classes() {
        List<Path> compiled = DIRECTORIES.stream()
                .map(module -> root().resolve(module).resolve("target/classes"))
                .toList();
        compiled.stream().filter(path -> !Files.isDirectory(path)).findFirst().ifPresent(missing -> {
            throw new IllegalStateException("not compiled: " + missing + "; build the whole reactor");
        });
        return new ClassFileImporter()
                .withImportOption(location -> !location.contains(GENERATED))
                .importPaths(compiled);
    }

    /** Every directory below {@code src/main/java} that holds Java files. */
    static List<Path> sourcePackages() {
        return DIRECTORIES.stream()
                .map(module -> root().resolve(module).resolve("src/main/java"))
                .filter(Files::isDirectory)
                .flatMap(Modules::packagesBelow)
                .toList();
    }

    private static Stream<Path> packagesBelow(Path sources) {
        try (Stream<Path> tree = Files.walk(sources)) {
            return tree
                    .filter(path -> path.toString().endsWith(".java"))
                    .map(Path::getParent)
                    .distinct()
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
