package io.elpis.launcher.installation;

import io.elpis.launcher.exit.CommandFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A checkout with its built jars.
 *
 * @param root the directory of the parent POM
 */
public record Installation(Path root) {

    /** Takes the directory that the {@code ./elpis} script names. */
    public static Installation current() {
        String root = System.getProperty("elpis.root");
        if (root == null) {
            throw new CommandFailure("start this program with the ./elpis script (it sets -Delpis.root)");
        }
        return new Installation(Path.of(root).toAbsolutePath().normalize());
    }

    /** What is made from the jars; may be deleted at any time while nothing runs. */
    public Path workDirectory() {
        return root.resolve("target").resolve("elpis");
    }

    public Path java() {
        return Path.of(System.getProperty("java.home"), "bin", "java");
    }

    /** The jar that the build made of a module. */
    public Path jar(String module) {
        Path target = root.resolve(module).resolve("target");
        if (!Files.isDirectory(target)) {
            throw notBuilt(module);
        }
        try (var files = Files.list(target)) {
            List<Path> jars = files.filter(file -> isModuleJar(file, module)).toList();
            if (jars.size() != 1) {
                throw notBuilt(module);
            }
            return jars.getFirst();
        } catch (IOException e) {
            throw notBuilt(module);
        }
    }

    private static boolean isModuleJar(Path file, String module) {
        String name = file.getFileName().toString();
        return name.startsWith(module + "-")
                && name.endsWith(".jar")
                && !name.endsWith("-sources.jar")
                && !name.endsWith("-javadoc.jar")
                && !name.endsWith("-tests.jar");
    }

    private CommandFailure notBuilt(String module) {
        return new CommandFailure(module + " is not built: run ./mvnw -DskipTests package in " + root);
    }
}
