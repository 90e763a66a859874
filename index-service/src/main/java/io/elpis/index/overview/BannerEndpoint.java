package io.elpis.index.overview;

import io.elpis.index.http.Answers;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** What a client asks first. */
@RestController
final class BannerEndpoint {
    private final Platform platform;

    BannerEndpoint(Platform platform) {
        this.platform = platform;
    }

    @GetMapping("/")
    ResponseEntity<byte[]> banner() {
        return Answers.object(200, out -> {
            out.writeStringProperty("name", platform.instance());
            out.writeStringProperty("cluster_name", platform.clusterName());
            out.writeStringProperty("cluster_uuid", platform.clusterUuid());
            out.writeObjectPropertyStart("version");
            out.writeStringProperty("distribution", "opensearch");
            out.writeStringProperty("number", Platform.VERSION);
            out.writeStringProperty("build_type", "elpis");
            out.writeStringProperty("build_hash", platform.commit());
            out.writeStringProperty("build_date", platform.built());
            out.writeBooleanProperty("build_snapshot", false);
            out.writeStringProperty("lucene_version", Platform.LUCENE_VERSION);
            out.writeStringProperty("minimum_wire_compatibility_version", "2.19.0");
            out.writeStringProperty("minimum_index_compatibility_version", "2.0.0");
            out.writeEndObject();
            out.writeStringProperty("tagline", "Elpis: what was left in Pandora's box");
        });
    }
}
