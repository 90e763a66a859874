/** Tests of accounts. */
@NullMarked
package io.elpis.auth.account;

import org.jspecify.annotations.NullMarked;
