/** Tests of audits. */
@NullMarked
package io.elpis.query.audit;

import org.jspecify.annotations.NullMarked;
