package io.elpis.model.indices;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * The indices there are.
 *
 * @param <T> what is known of one
 */
public interface KnownIndices<T> {
    /** In the order of their names. */
    Collection<T> all();

    String name(T index);

    /** @param name any text: no index has a name that none may have */
    @Nullable
    T find(String name);
}
