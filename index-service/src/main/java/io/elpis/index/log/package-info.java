/**
 * The log as writers see it: topics with the durability that copies rely on, appending records, and the mapping control
 * record that goes before the first use of a mapping. Doors: {@link io.elpis.index.log.RecordLog},
 * {@link io.elpis.index.log.MappingAnnouncer}, {@link io.elpis.index.log.LogTopics}.
 */
@NullMarked
package io.elpis.index.log;

import org.jspecify.annotations.NullMarked;
