package io.elpis.index.catalog;

import io.elpis.model.schema.IndexName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Resolves what a path may say in place of one index: names, {@code *}, {@code _all}, lists, {@code -} to leave out. */
public final class IndexExpressions {
    private IndexExpressions() {}

    /**
     * @param ignoreUnavailable names without an index are passed over
     * @throws io.elpis.model.error.ElpisException INDEX_NOT_FOUND for a name without an index; a pattern may match none
     */
    public static List<CatalogIndex> resolve(Catalog catalog, String expression, boolean ignoreUnavailable) {
        return resolve(catalog.view(), catalog::find, expression, ignoreUnavailable);
    }

    /** The same without a look into the database, and names without an index are passed over. */
    public static List<CatalogIndex> resolve(CatalogView view, String expression) {
        return resolve(view, name -> Optional.ofNullable(view.find(name)), expression, true);
    }

    /** Whether there is an index, as far as memory knows, for each name that the expression spells out. */
    public static boolean allThere(CatalogView view, String expression) {
        return Stream.of(expression.split(","))
                .filter(part -> !isPattern(part) && !part.startsWith("-"))
                .allMatch(part -> view.find(part) != null);
    }

    private static boolean isPattern(String part) {
        return part.isEmpty() || part.equals("_all") || part.indexOf('*') >= 0;
    }

    private static List<CatalogIndex> resolve(
            CatalogView view,
            Function<String, Optional<CatalogIndex>> find,
            String expression,
            boolean ignoreUnavailable) {
        Map<String, CatalogIndex> resolved = new LinkedHashMap<>();
        boolean patternSeen = false;
        for (String part : expression.split(",")) {
            if (part.startsWith("-") && patternSeen) {
                Pattern leftOut = pattern(part.substring(1));
                resolved.keySet().removeIf(name -> leftOut.matcher(name).matches());
            } else if (isPattern(part)) {
                patternSeen = true;
                Pattern wanted = pattern(part.isEmpty() || part.equals("_all") ? "*" : part);
                matching(view.indices(), wanted)
                        .forEach(index -> resolved.put(index.name().value(), index));
            } else {
                IndexName name = new IndexName(part);
                find.apply(name.value()).ifPresentOrElse(index -> resolved.put(name.value(), index), () -> {
                    if (!ignoreUnavailable) {
                        throw Catalog.noSuch(name.value());
                    }
                });
            }
        }
        return new ArrayList<>(resolved.values());
    }

    private static Stream<CatalogIndex> matching(Collection<CatalogIndex> indices, Pattern pattern) {
        return indices.stream()
                .filter(index -> pattern.matcher(index.name().value()).matches());
    }

    private static Pattern pattern(String glob) {
        return Pattern.compile(
                Stream.of(glob.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*")));
    }
}
