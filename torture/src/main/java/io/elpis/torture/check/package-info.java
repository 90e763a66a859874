/**
 * Judges histories. {@link io.elpis.torture.check.Linearizability} decides whether the answers about single documents
 * could have come from one register; {@link io.elpis.torture.check.Census} and
 * {@link io.elpis.torture.check.MemberCount} compare what was acknowledged with what is there in the end. Nothing in
 * here knows where a history came from, and all of it is free of clocks and threads.
 */
@NullMarked
package io.elpis.torture.check;

import org.jspecify.annotations.NullMarked;
