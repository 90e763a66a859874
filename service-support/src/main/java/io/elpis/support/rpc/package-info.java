/** Who may come in over gRPC, and how calls carry their caller. Door: {@code RpcCaller}, {@code BearerCredentials}. */
@NullMarked
package io.elpis.support.rpc;

import org.jspecify.annotations.NullMarked;
