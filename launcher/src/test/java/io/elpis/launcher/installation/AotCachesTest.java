package io.elpis.launcher.installation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AotCachesTest {

    @TempDir
    Path root;

    private Path jar;
    private AotCaches caches;

    @BeforeEach
    void build() throws IOException {
        jar = Files.writeString(root.resolve("query.jar"), "a jar");
        caches = new AotCaches(new Installation(root));
        caches.clear();
    }

    @Test
    void cacheGetsItsNameOnlyOnceItIsWhole() throws IOException {
        Files.writeString(caches.fresh("query", jar), "a cache");
        Files.writeString(caches.fresh("kafka", jar), "");
        Files.writeString(caches.fresh("auth", jar), "half");
        Files.writeString(Path.of(caches.fresh("auth", jar) + ".config"), "notes");
        assertThat(caches.publish()).hasSize(1);
        assertThat(caches.file("query", jar)).hasContent("a cache");
        assertThat(caches.file("kafka", jar)).doesNotExist();
        assertThat(caches.file("auth", jar)).doesNotExist();
        try (var left = Files.list(caches.file("query", jar).getParent())) {
            assertThat(left).hasSize(1);
        }
    }

    @Test
    void changedJarHasAnotherCache() throws IOException {
        Path before = caches.file("query", jar);
        Files.writeString(jar, "another jar");
        assertThat(caches.file("query", jar)).isNotEqualTo(before);
    }
}
