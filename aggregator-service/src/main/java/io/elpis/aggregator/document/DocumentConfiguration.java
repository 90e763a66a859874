package io.elpis.aggregator.document;

import io.elpis.aggregator.plan.PlanningCatalog;
import io.elpis.aggregator.scatter.CopyCalls;
import io.elpis.aggregator.search.SearchProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires reading documents. */
@Configuration(proxyBeanMethods = false)
class DocumentConfiguration {
    @Bean
    DocumentService documentService(PlanningCatalog catalog, CopyCalls calls, SearchProperties properties) {
        return new DocumentService(catalog, calls, properties.deadline(), System::nanoTime);
    }
}
