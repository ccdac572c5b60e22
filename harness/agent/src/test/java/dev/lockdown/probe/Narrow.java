package dev.lockdown.probe;

import dev.lockdown.flow.Family;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;

/// Sockets with small buffers, into which and out of which little goes at once.
final class Narrow extends Forwarded {
    private static final int BYTES = 4096;

    @Override
    public SocketChannel tcp(Family family) throws IOException {
        return super.tcp(family).setOption(StandardSocketOptions.SO_SNDBUF, BYTES).setOption(StandardSocketOptions.SO_RCVBUF, BYTES);
    }
}
