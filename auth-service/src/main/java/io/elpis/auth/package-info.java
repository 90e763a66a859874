/** Users, service clients, the tokens they get and the keys that sign them. */
@NullMarked
package io.elpis.auth;

import org.jspecify.annotations.NullMarked;
