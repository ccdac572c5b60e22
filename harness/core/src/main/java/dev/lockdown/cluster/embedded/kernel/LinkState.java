package dev.lockdown.cluster.embedded.kernel;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.StructLayout;

/// Asks ethtool for a link's state, because that makes the kernel carry out what its link watcher has put off.
///
/// @see <a href="https://man7.org/linux/man-pages/man7/netdevice.7.html">netdevice(7)</a> and `linkwatch_sync_dev` in the kernel
final class LinkState {
    private static final long SIOCETHTOOL = 0x8946;
    private static final int ETHTOOL_GLINK = 0x0a;
    private static final int IFNAMSIZ = 16;
    private static final StructLayout IFREQ = MemoryLayout.structLayout(
        MemoryLayout.sequenceLayout(IFNAMSIZ, JAVA_BYTE).withName("ifr_name"), ADDRESS.withName("ifr_data"),
        MemoryLayout.paddingLayout(16));
    private static final StructLayout ETHTOOL_VALUE = MemoryLayout.structLayout(JAVA_INT.withName("cmd"), JAVA_INT.withName("data"));
    private static final long IFR_DATA = IFREQ.byteOffset(PathElement.groupElement("ifr_data"));

    private LinkState() {}

    /// @param socket any socket of the link's namespace
    static void settle(int socket, String name) {
        try (var arena = Arena.ofConfined()) {
            var value = arena.allocate(ETHTOOL_VALUE);
            value.set(JAVA_INT, 0, ETHTOOL_GLINK);
            var request = arena.allocate(IFREQ);
            request.setString(0, name);
            request.set(ADDRESS, IFR_DATA, value);
            Libc.ioctl(socket, SIOCETHTOOL, request, "ETHTOOL_GLINK " + name);
        }
    }
}
