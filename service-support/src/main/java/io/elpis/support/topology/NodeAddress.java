package io.elpis.support.topology;

/** Where a query node takes calls. Its name is what it says of itself, not what a directory says of it. */
public record NodeAddress(String host, int port) {
    @Override
    public String toString() {
        return host + ":" + port;
    }
}
