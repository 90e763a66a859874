/**
 * Work that goes on after its request, and after the death of the instance that runs it. A task is a row in PostgreSQL;
 * the instance that runs it holds an advisory lock in a database session of its own, so the database tells at once when it
 * dies, without any clock, and another instance goes on from what the task last saved. Saving is fenced by an epoch.
 *
 * <p>Doors: {@link io.elpis.index.task.Tasks} for those who start tasks, {@link io.elpis.index.task.TaskWork} for what
 * they do, and the endpoints under {@code /_tasks}.
 */
@NullMarked
package io.elpis.index.task;

import org.jspecify.annotations.NullMarked;
