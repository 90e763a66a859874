package io.elpis.torture.link;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The way to one process: a loopback port at which it is advertised, and the port at which it listens. What is cut
 * stays open in silence and goes on when it is healed; new connections wait meanwhile.
 */
public final class Link implements AutoCloseable {

    private static final int MOST_CONNECTIONS = 2_000;
    private static final int BACKLOG = 64;
    private static final int CONNECT_MILLIS = 2_000;
    private static final int CLOSE_SECONDS = 10;

    private final int port;
    private final IntSupplier target;
    private final Gate gate = new Gate();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Set<Conversation> conversations = ConcurrentHashMap.newKeySet();
    private @Nullable Listening listening;

    private record Listening(ServerSocket socket, Thread accepter) {}

    /**
     * @param port at which it listens; 0 for one that is free
     * @param target the port behind it at the moment
     */
    public Link(int port, IntSupplier target) throws IOException {
        ServerSocket first = listen(port);
        this.port = first.getLocalPort();
        this.target = target;
        this.listening = accepting(first);
    }

    public int port() {
        return port;
    }

    public void set(Quality quality) {
        gate.set(quality);
    }

    /** Refuses new connections, as is done where nobody listens. What is there stays. */
    public synchronized void refuse() throws IOException, InterruptedException {
        Listening former = listening;
        if (former != null) {
            former.socket.close();
            former.accepter.interrupt();
            // The system's socket is closed only when nobody waits at it any more.
            if (!former.accepter.join(Duration.ofSeconds(CLOSE_SECONDS))) {
                throw new IOException("the link at " + port + " still takes connections");
            }
            listening = null;
        }
    }

    /** Takes connections again. */
    public synchronized void admit() throws IOException {
        if (listening == null) {
            listening = accepting(listen(port));
        }
    }

    /** Breaks all that is open. */
    @Override
    public void close() throws IOException {
        try {
            refuse();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        conversations.forEach(Conversation::breakOff);
        threads.shutdownNow();
        threads.close();
    }

    private static ServerSocket listen(int port) throws IOException {
        var socket = new ServerSocket();
        try {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), BACKLOG);
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    private Listening accepting(ServerSocket socket) {
        return new Listening(socket, Thread.ofVirtual().start(() -> {
            try {
                while (true) {
                    gate.await();
                    Socket caller = socket.accept();
                    threads.execute(() -> converse(caller));
                }
            } catch (IOException e) {
                if (!socket.isClosed()) {
                    throw new UncheckedIOException("the link at " + port + " takes no connections", e);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }));
    }

    private void converse(Socket caller) {
        try {
            gate.await();
            Socket callee = conversations.size() < MOST_CONNECTIONS ? connected() : null;
            if (callee == null) {
                Conversation.reset(caller);
                return;
            }
            caller.setTcpNoDelay(true);
            Conversation conversation = new Conversation(caller, callee, gate);
            conversations.add(conversation);
            try {
                conversation.hold(threads);
            } finally {
                conversations.remove(conversation);
            }
        } catch (IOException e) {
            Conversation.reset(caller);
        } catch (InterruptedException e) {
            Conversation.reset(caller);
            Thread.currentThread().interrupt();
        }
    }

    private @Nullable Socket connected() {
        var socket = new Socket();
        try {
            socket.setTcpNoDelay(true);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target.getAsInt()), CONNECT_MILLIS);
            return socket;
        } catch (IOException e) {
            Conversation.reset(socket);
            return null;
        }
    }
}
