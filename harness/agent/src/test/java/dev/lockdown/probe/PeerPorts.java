package dev.lockdown.probe;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Notes from which ports questions come, and answers none.
final class PeerPorts implements Responder {
    final List<Integer> ports = new ArrayList<>();

    @Override
    public boolean complete(ByteBuffer received) {
        return received.hasRemaining();
    }

    @Override
    public @Nullable ByteBuffer answer(ByteBuffer question, InetSocketAddress peer) {
        ports.add(peer.getPort());
        return null;
    }
}
