package dev.lockdown.cluster.embedded.kernel;

/// Error numbers of errno(3) as Linux gives them on x86-64 and AArch64.
final class Errno {
    static final int EPERM = 1;
    static final int ENOENT = 2;
    static final int EINTR = 4;
    static final int EAGAIN = 11;
    static final int EACCES = 13;
    static final int EINVAL = 22;
    static final int ENOSPC = 28;
    static final int EROFS = 30;
    static final int ENOBUFS = 105;

    private Errno() {}

    /// Whether the machine has no more of something: ENOMEM, ENFILE, EMFILE, ENOSPC.
    static boolean isShortage(int errno) {
        return errno == 12 || errno == 23 || errno == 24 || errno == ENOSPC;
    }

    /// Whether there are no sockets of a protocol: EPROTONOSUPPORT, ESOCKTNOSUPPORT.
    static boolean isUnknownProtocol(int errno) {
        return errno == 93 || errno == 94;
    }

    static String describe(int errno) {
        return switch (errno) {
            case EPERM -> "EPERM (operation not permitted)";
            case ENOENT -> "ENOENT (no such file or directory)";
            case 3 -> "ESRCH (not found)";
            case EINTR -> "EINTR (interrupted)";
            case 6 -> "ENXIO (no such device or address)";
            case 9 -> "EBADF (bad file descriptor)";
            case EAGAIN -> "EAGAIN (nothing there now)";
            case 12 -> "ENOMEM (out of memory)";
            case EACCES -> "EACCES (permission denied)";
            case 16 -> "EBUSY (device or resource busy)";
            case 17 -> "EEXIST (exists already)";
            case 19 -> "ENODEV (no such device)";
            case EINVAL -> "EINVAL (invalid argument)";
            case 23 -> "ENFILE (too many open files in the system)";
            case 24 -> "EMFILE (too many open files; see ulimit -n)";
            case ENOSPC -> "ENOSPC (no space left, or too many namespaces; see /proc/sys/user/max_net_namespaces)";
            case EROFS -> "EROFS (read-only file system)";
            case 34 -> "ERANGE (out of range)";
            case 90 -> "EMSGSIZE (message too long)";
            case 93 -> "EPROTONOSUPPORT (protocol not supported by this kernel)";
            case 95 -> "EOPNOTSUPP (operation not supported)";
            case 97 -> "EAFNOSUPPORT (address family not supported)";
            case 98 -> "EADDRINUSE (address already in use)";
            case 99 -> "EADDRNOTAVAIL (no such address here)";
            case 101 -> "ENETUNREACH (network is unreachable)";
            case ENOBUFS -> "ENOBUFS (no buffer space; messages were lost)";
            case 107 -> "ENOTCONN (not connected)";
            case 113 -> "EHOSTUNREACH (no route to host)";
            default -> "errno " + errno;
        };
    }
}
