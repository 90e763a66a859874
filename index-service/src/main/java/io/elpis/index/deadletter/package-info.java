/**
 * Dead letters: which records no copy could apply, writing them anew, and taking note of those that are dealt with. The
 * letters are in the topic {@code elpis.dead-letters}, which copies write; the records themselves stay in their logs.
 */
@NullMarked
package io.elpis.index.deadletter;

import org.jspecify.annotations.NullMarked;
