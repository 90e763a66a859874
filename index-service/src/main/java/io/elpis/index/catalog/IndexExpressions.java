package io.elpis.index.catalog;

import io.elpis.model.indices.IndexExpression;
import io.elpis.model.indices.IndicesOptions;
import io.elpis.model.indices.KnownIndices;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Resolves what a path may say in place of one index. */
public final class IndexExpressions {
    private IndexExpressions() {}

    /** @throws io.elpis.model.error.ElpisException as {@link IndexExpression#resolve} says */
    public static List<CatalogIndex> resolve(Catalog catalog, String expression, IndicesOptions options) {
        return IndexExpression.resolve(
                expression,
                options,
                new Known(catalog.view(), name -> catalog.find(name).orElse(null)));
    }

    /** The same without a look into the database, and names without an index are passed over. */
    public static List<CatalogIndex> resolve(CatalogView view, String expression) {
        return IndexExpression.resolve(expression, IndicesOptions.LENIENT, new Known(view, view::find));
    }

    /** Whether there is an index, as far as memory knows, for each name that the expression spells out. */
    public static boolean allThere(CatalogView view, String expression) {
        return IndexExpression.names(expression).stream().allMatch(name -> view.find(name) != null);
    }

    private record Known(CatalogView view, Function<String, @Nullable CatalogIndex> finder)
            implements KnownIndices<CatalogIndex> {
        @Override
        public Collection<CatalogIndex> all() {
            return view.indices();
        }

        @Override
        public String name(CatalogIndex index) {
            return index.name().value();
        }

        @Override
        public @Nullable CatalogIndex find(String name) {
            return finder.apply(name);
        }
    }
}
