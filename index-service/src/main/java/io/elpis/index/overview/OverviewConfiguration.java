package io.elpis.index.overview;

import io.elpis.index.catalog.Catalog;
import io.elpis.index.log.LogTopics;
import io.elpis.support.topology.ShardMapKeeper;
import java.time.InstantSource;
import java.util.Objects;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.info.GitProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class OverviewConfiguration {
    private static final String UNKNOWN = "unknown";

    @Bean
    Platform platform(
            @Value("${elpis.cluster-name:elpis}") String clusterName,
            @Value("${elpis.instance}") String instance,
            LogTopics log,
            ObjectProvider<GitProperties> git) {
        GitProperties commit = git.getIfAvailable();
        return new Platform(
                clusterName,
                log.clusterId(),
                instance,
                commit == null ? UNKNOWN : commitId(commit),
                commit == null || commit.getCommitTime() == null
                        ? UNKNOWN
                        : commit.getCommitTime().toString());
    }

    /** Not {@code getCommitId()}, which knows only what the build's plugin writes in its other mode. */
    static String commitId(GitProperties commit) {
        return Objects.requireNonNullElse(commit.get("commit.id.full"), UNKNOWN);
    }

    @Bean
    BannerEndpoint bannerEndpoint(Platform platform) {
        return new BannerEndpoint(platform);
    }

    @Bean
    CatEndpoint catEndpoint(Catalog catalog, ShardMapKeeper shardMap, Platform platform) {
        return new CatEndpoint(catalog, shardMap::current, platform, InstantSource.system());
    }

    @Bean
    ClusterHealthEndpoint clusterHealthEndpoint(Catalog catalog, ShardMapKeeper shardMap, Platform platform) {
        return new ClusterHealthEndpoint(catalog, shardMap, platform);
    }

    @Bean
    ShardsEndpoint shardsEndpoint(Catalog catalog, ShardMapKeeper shardMap) {
        return new ShardsEndpoint(catalog.view(), shardMap::current);
    }
}
