/** Tests of audits. */
@NullMarked
package io.elpis.index.audit;

import org.jspecify.annotations.NullMarked;
