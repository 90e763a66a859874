/**
 * OpenSearch's REST form of searches and reads. One filter serves them all: it reads the path, hands on, and writes the
 * answer straight into one buffer, with documents passed through as the bytes the nodes sent.
 */
@NullMarked
package io.elpis.aggregator.rest;

import org.jspecify.annotations.NullMarked;
