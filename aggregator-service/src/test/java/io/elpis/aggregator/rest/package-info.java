/** What must hold here. */
@NullMarked
package io.elpis.aggregator.rest;

import org.jspecify.annotations.NullMarked;
