package io.elpis.torture.link;

import java.io.IOException;
import java.net.Socket;
import java.util.concurrent.ExecutorService;

/** One connection through a link: two sockets, and a thread for each direction. */
final class Conversation {

    private static final int CHUNK = 16 * 1024;

    private final Socket caller;
    private final Socket callee;
    private final Gate gate;

    Conversation(Socket caller, Socket callee, Gate gate) {
        this.caller = caller;
        this.callee = callee;
        this.gate = gate;
    }

    /** Returns when both directions have ended, each by itself or both because the connection broke. */
    void hold(ExecutorService threads) throws InterruptedException {
        try (caller;
                callee) {
            var back = threads.submit(() -> carry(Direction.BACK));
            carry(Direction.THERE);
            back.get();
        } catch (IOException | java.util.concurrent.ExecutionException e) {
            // Both sockets are closed: that is all there is to tell.
            return;
        }
    }

    /** What broke is told to the other side as what it is, not as an orderly end. */
    void breakOff() {
        reset(caller);
        reset(callee);
    }

    private void carry(Direction direction) {
        Socket from = direction == Direction.THERE ? caller : callee;
        Socket to = direction == Direction.THERE ? callee : caller;
        byte[] chunk = new byte[CHUNK];
        try {
            int read = from.getInputStream().read(chunk);
            while (read >= 0) {
                gate.pass(direction, read);
                to.getOutputStream().write(chunk, 0, read);
                read = from.getInputStream().read(chunk);
            }
            gate.pass(direction, 0);
            to.shutdownOutput();
        } catch (IOException e) {
            breakOff();
        } catch (InterruptedException e) {
            breakOff();
            Thread.currentThread().interrupt();
        }
    }

    static void reset(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException e) {
            // It is closed already.
            return;
        }
    }
}
