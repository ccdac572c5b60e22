package dev.lockdown.probe.socket;

import java.io.IOException;
import java.net.SocketOption;
import java.net.StandardSocketOptions;

/// The JDK's socket options as the kernel has them.
final class Options {
    private static final int IPPROTO_TCP = 6;
    private static final int TCP_NODELAY = 1;
    /// linux/sctp.h; its level is the protocol's number too.
    private static final int SCTP_NODELAY = 3;

    private Options() {}

    static void set(NativeSocket socket, int protocol, SocketOption<?> name, Object value) throws IOException {
        if (name == StandardSocketOptions.SO_LINGER) socket.linger((Integer) value);
        else if (name == StandardSocketOptions.SO_REUSEPORT) socket.option(NativeSocket.SOL_SOCKET, NativeSocket.SO_REUSEPORT, flag(value));
        else if (name == StandardSocketOptions.SO_SNDBUF) socket.option(NativeSocket.SOL_SOCKET, NativeSocket.SO_SNDBUF, (Integer) value);
        else if (name == StandardSocketOptions.SO_RCVBUF) socket.option(NativeSocket.SOL_SOCKET, NativeSocket.SO_RCVBUF, (Integer) value);
        else
            if (name == StandardSocketOptions.TCP_NODELAY)
                socket.option(protocol, protocol == IPPROTO_TCP ? TCP_NODELAY : SCTP_NODELAY, flag(value));
            else
                throw new UnsupportedOperationException(name + " of a socket of protocol " + protocol);
    }

    private static int flag(Object value) {
        return (Boolean) value ? 1 : 0;
    }
}
