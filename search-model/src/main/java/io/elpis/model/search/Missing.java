package io.elpis.model.search;

import io.elpis.model.query.Scalar;

/** Where documents without a value stand, whatever the order. */
public sealed interface Missing {
    record First() implements Missing {}

    record Last() implements Missing {}

    /** As if they had this value. */
    record As(Scalar value) implements Missing {}
}
