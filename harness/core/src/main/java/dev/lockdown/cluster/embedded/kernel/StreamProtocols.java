package dev.lockdown.cluster.embedded.kernel;

/// Which protocols the kernel has stream sockets of (protocols(5)). Asking makes it load the module of one that it has in store.
public final class StreamProtocols {
    private static final int AF_INET = 2;
    private static final int SOCK_STREAM = 1;

    private StreamProtocols() {}

    /// @param protocol its number in the IP header
    /// @return false only where the kernel says that it knows none such
    public static boolean has(int protocol) {
        try {
            Libc.close(Libc.socket(AF_INET, SOCK_STREAM, protocol));
            return true;
        } catch (KernelException e) {
            return !Errno.isUnknownProtocol(e.errno());
        }
    }
}
