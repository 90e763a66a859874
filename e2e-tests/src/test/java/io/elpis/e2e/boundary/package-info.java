/** The walls of the house as tests: which module may import which, and where Spring, Lucene and Kafka may appear. */
@NullMarked
package io.elpis.e2e.boundary;

import org.jspecify.annotations.NullMarked;
