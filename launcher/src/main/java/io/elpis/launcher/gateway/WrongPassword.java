package io.elpis.launcher.gateway;

import io.elpis.launcher.exit.CommandFailure;

/** The platform knows the user by another password, or not at all. */
public final class WrongPassword extends CommandFailure {

    private static final long serialVersionUID = 1L;

    WrongPassword(String user) {
        super("wrong password for user " + user);
    }
}
