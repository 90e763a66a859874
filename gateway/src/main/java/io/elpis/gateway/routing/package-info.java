/** Which service answers a request, which of its instances, and what happens when that one does not. Door: {@code RoutingTable}, {@code InstanceFilter}. */
@NullMarked
package io.elpis.gateway.routing;

import org.jspecify.annotations.NullMarked;
