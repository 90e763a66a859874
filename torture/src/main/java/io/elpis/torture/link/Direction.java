package io.elpis.torture.link;

/** Seen from who opened the connection. */
enum Direction {
    THERE,
    BACK
}
