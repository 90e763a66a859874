package io.elpis.torture.check;

/** Who judges the simulated platform. */
enum Judge {
    REGISTERS,
    CENSUS,
    MEMBERS,
    REPEATS,
    AUDIT
}
