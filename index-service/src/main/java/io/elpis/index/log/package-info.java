/**
 * The log as writers see it: topics with the durability that copies rely on, appending records, and the control records
 * that go before the first use of a mapping or of a version of the apply logic. Doors:
 * {@link io.elpis.index.log.RecordLog}, {@link io.elpis.index.log.MappingAnnouncer},
 * {@link io.elpis.index.log.ApplyLogicAnnouncer}, {@link io.elpis.index.log.LogTopics}.
 */
@NullMarked
package io.elpis.index.log;

import org.jspecify.annotations.NullMarked;
