package dev.lockdown.probe;

import java.io.IOException;
import java.net.InetSocketAddress;

/// One listening port. Any thread may drive it; one at a time does.
sealed interface Server extends AutoCloseable permits StreamServer, UdpServer {

    /// Accept, read and answer everything that is there, without waiting.
    void serveReady();

    /// Close the connection with a peer that is known to be gone, which costs half of what reading its reset does. No effect where there
    /// is none.
    default void hangUp(InetSocketAddress peer) {}

    /// Have a selector loop call [#serveReady] when there is something, for this server and the connections that it will accept.
    void watchedBy(Wakeups wakeups) throws IOException;

    /// Stop listening and reset what is connected. Repeatable.
    @Override
    void close();
}
