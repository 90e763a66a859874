/**
 * Regular expressions of users, applied to texts of others: what a pattern costs is bounded by the pattern and the text
 * alone, and the stack plays no part in it, so that every copy of a shard comes to the same end. {@link
 * io.elpis.analysis.pattern.LinearPattern} is the door.
 */
@NullMarked
package io.elpis.analysis.pattern;

import org.jspecify.annotations.NullMarked;
