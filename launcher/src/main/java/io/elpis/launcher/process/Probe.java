package io.elpis.launcher.process;

/** Asks a process whether it does its work. */
public interface Probe {

    /** One attempt, which ends within a second or so. */
    boolean ready();
}
