/** Tests of the log's followers, over Kafka's own fake of a consumer. */
@NullMarked
package io.elpis.query.log;

import org.jspecify.annotations.NullMarked;
