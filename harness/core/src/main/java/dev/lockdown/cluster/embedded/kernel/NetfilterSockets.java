package dev.lockdown.cluster.embedded.kernel;

import java.io.File;
import java.util.HashSet;
import java.util.Set;

/// Finds this process's netlink sockets to netfilter, also those that a library opened and keeps to itself.
final class NetfilterSockets {
    private static final int SOL_SOCKET = 1;
    private static final int SO_SNDBUF = 7;
    private static final int SO_PROTOCOL = 38;
    private static final int SO_DOMAIN = 39;

    private NetfilterSockets() {}

    static Set<Integer> open() {
        var found = new HashSet<Integer>();
        var names = new File("/proc/self/fd").list();
        if (names == null) return found;
        for (var name : names) {
            int fd = Integer.parseInt(name);
            if (Libc.option(fd, SOL_SOCKET, SO_DOMAIN) == NetlinkSocket.AF_NETLINK
                && Libc.option(fd, SOL_SOCKET, SO_PROTOCOL) == NetlinkSocket.NETFILTER) found.add(fd);
        }
        return found;
    }

    static void enlarge(int fd, int bytes) {
        Libc.trySetOption(fd, SOL_SOCKET, SO_SNDBUF, bytes);
    }
}
