package io.elpis.index.catalog;

import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/** @param maxShards of all indices together; keeps the catalog, which everybody holds in memory, bounded */
@Validated
@ConfigurationProperties("elpis.catalog")
public record CatalogProperties(
        @DefaultValue("10000") @Min(1) int maxShards) {}
