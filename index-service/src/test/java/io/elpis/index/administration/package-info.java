/** Index administration and what goes wrong with it, through Spring MVC, in OpenSearch's words. */
@NullMarked
package io.elpis.index.administration;

import org.jspecify.annotations.NullMarked;
