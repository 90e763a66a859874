/**
 * Finds copies that are not what their log made them: reads what a commit left on the disk, slowly in the background and at
 * once when asked, and tells what a copy held at an audit's mark. What is damaged is built again from the log. Door: {@link
 * io.elpis.query.audit.CopyAuditor}; one thread of its own reads.
 */
@NullMarked
package io.elpis.query.audit;

import org.jspecify.annotations.NullMarked;
