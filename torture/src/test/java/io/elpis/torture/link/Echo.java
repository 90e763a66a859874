package io.elpis.torture.link;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/** A server that says what it hears. */
final class Echo implements AutoCloseable {

    private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final AtomicLong bytes = new AtomicLong();

    Echo() throws IOException {
        Thread.ofVirtual().start(() -> {
            try {
                while (true) {
                    Socket socket = listener.accept();
                    sockets.add(socket);
                    Thread.ofVirtual().start(() -> answer(socket));
                }
            } catch (IOException e) {
                // Closed.
                return;
            }
        });
    }

    int port() {
        return listener.getLocalPort();
    }

    int connections() {
        return sockets.size();
    }

    long bytes() {
        return bytes.get();
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    private void answer(Socket socket) {
        byte[] chunk = new byte[8192];
        try (socket) {
            int read = socket.getInputStream().read(chunk);
            while (read >= 0) {
                bytes.addAndGet(read);
                socket.getOutputStream().write(chunk, 0, read);
                read = socket.getInputStream().read(chunk);
            }
        } catch (IOException e) {
            // The other side went away.
            return;
        }
    }
}
