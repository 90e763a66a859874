/**
 * Links between processes that can be cut and slowed. {@link io.elpis.torture.link.Link} listens where a process is
 * advertised and passes bytes on to where it really listens; {@link io.elpis.torture.link.Quality} says how well.
 * Every connection holds two chunks at most, so that a link that is slow or cut pushes back on who sends, as a network
 * does. Each direction of a connection is one virtual thread.
 */
@NullMarked
package io.elpis.torture.link;

import org.jspecify.annotations.NullMarked;
