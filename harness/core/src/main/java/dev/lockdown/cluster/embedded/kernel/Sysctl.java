package dev.lockdown.cluster.embedded.kernel;

/// Kernel settings of a network namespace, below /proc/sys/net.
///
/// @see <a href="https://docs.kernel.org/admin-guide/sysctl/net.html">/proc/sys/net</a>
public final class Sysctl {
    private Sysctl() {}

    /// Set a value in the calling thread's namespace.
    ///
    /// @param key as sysctl(8) writes it: `net.ipv4.ip_forward`
    /// @throws KernelException if there is no such key, or this process may not write it, or it refuses the value
    public static void write(String key, String value) {
        int fd = Libc.open("/proc/sys/" + key.replace('.', '/'), Libc.O_WRONLY);
        try {
            Libc.write(fd, value, "%s=%s".formatted(key, value));
        } finally {
            Libc.close(fd);
        }
    }

    /// As [#write], for keys that older kernels lack or that a user namespace may not write.
    ///
    /// @return whether it was written
    public static boolean writeIfAllowed(String key, String value) {
        try {
            write(key, value);
            return true;
        } catch (KernelException e) {
            return switch (e.errno()) {
                case Errno.ENOENT, Errno.EACCES, Errno.EPERM, Errno.EROFS -> false;
                default -> throw e;
            };
        }
    }
}
