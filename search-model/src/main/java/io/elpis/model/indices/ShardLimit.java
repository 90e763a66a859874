package io.elpis.model.indices;

import io.elpis.model.document.Routing;
import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Which shards of an index a search is limited to.
 *
 * @param routing to the shards that documents with one of these values live in; empty: to no particular ones
 * @param numbers to shards with these numbers; null: to no particular ones
 */
public record ShardLimit(List<String> routing, @Nullable Set<Integer> numbers) {
    public static final ShardLimit NONE = new ShardLimit(List.of(), null);

    private static final String SHARDS = "_shards";
    /** Each search chooses copies that answer soonest, which these ask for or leave open. */
    private static final Set<String> HINTS = Set.of("_local", "_prefer_nodes");

    public ShardLimit {
        routing = List.copyOf(routing);
        numbers = numbers == null ? null : Set.copyOf(numbers);
    }

    /**
     * @param asked {@code _shards:0,2}, alone or before {@code |} and another preference; others limit nothing; null:
     *     none
     * @throws ElpisException ILLEGAL_ARGUMENT for one that nobody knows or that would limit the copies
     */
    public static ShardLimit of(List<String> routing, @Nullable String asked) {
        String preference = asked == null ? "" : asked;
        Set<Integer> numbers = null;
        String rest = preference;
        if (type(preference).equals(SHARDS)) {
            int bar = preference.indexOf('|');
            numbers = numbers(preference.substring(SHARDS.length(), bar < 0 ? preference.length() : bar), preference);
            rest = bar < 0 ? "" : preference.substring(bar + 1);
        }
        if (rest.startsWith("_") && !HINTS.contains(type(rest))) {
            throw new ElpisException(ErrorCode.ILLEGAL_ARGUMENT, "no Preference for [" + type(rest) + "]");
        }
        return new ShardLimit(routing, numbers);
    }

    private static String type(String preference) {
        int end = preference.indexOf(':');
        return end < 0 ? preference : preference.substring(0, end);
    }

    private static Set<Integer> numbers(String list, String preference) {
        Set<Integer> numbers = new HashSet<>();
        for (String number :
                list.isEmpty() ? new String[] {""} : list.substring(1).split(",", -1)) {
            try {
                numbers.add(Integer.parseInt(number.strip()));
            } catch (NumberFormatException _) {
                throw new ElpisException(
                        ErrorCode.ILLEGAL_ARGUMENT,
                        "[" + number + "] is no number of a shard in preference [" + preference + "]");
            }
        }
        return numbers;
    }

    /**
     * @param shards of an index
     * @return numbers of those that belong, ascending
     */
    public List<Integer> within(int shards) {
        Set<Integer> homes = new HashSet<>();
        routing.forEach(value -> homes.add(Routing.shard(value, shards)));
        return IntStream.range(0, shards)
                .filter(shard -> routing.isEmpty() || homes.contains(shard))
                .filter(shard -> numbers == null || numbers.contains(shard))
                .boxed()
                .toList();
    }
}
