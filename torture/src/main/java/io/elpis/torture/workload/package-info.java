/**
 * What the clients do all the time. Each workload has an index of its own, records every operation, and says in the
 * end, when the platform is whole again, which promises were broken.
 */
@NullMarked
package io.elpis.torture.workload;

import org.jspecify.annotations.NullMarked;
