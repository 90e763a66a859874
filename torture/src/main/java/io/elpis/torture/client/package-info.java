/**
 * Clients of the platform as users have them: {@link io.elpis.torture.client.Door} sends one request,
 * {@link io.elpis.torture.client.Documents} turns answers into replies and repeats what may be repeated. What a reply
 * says is exactly what the platform said: a lost answer is open, 503 is a promise that nothing happened.
 */
@NullMarked
package io.elpis.torture.client;

import org.jspecify.annotations.NullMarked;
