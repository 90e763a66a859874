package io.elpis.query.search;

import io.elpis.model.error.ElpisException;

/** What came of bringing a shard's copy to where its reader wants it. */
public sealed interface Readiness {
    /** It got there; what is read has to be there still. */
    record Ready(Demand demand) implements Readiness {}

    /** It may not be read. */
    record NotReady(ElpisException why) implements Readiness {}
}
