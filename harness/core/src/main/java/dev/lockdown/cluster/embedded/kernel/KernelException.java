package dev.lockdown.cluster.embedded.kernel;

/// The kernel refused a call: which call, and the errno that it gave.
public final class KernelException extends RuntimeException {
    private final int errno;

    KernelException(String call, int errno) {
        this(call, errno, "");
    }

    /// @param detail the kernel's own words where it gave some (netlink's extended acknowledgement), or empty
    KernelException(String call, int errno, String detail) {
        super("%s: %s%s".formatted(call, Errno.describe(errno), detail.isEmpty() ? "" : ": " + detail));
        this.errno = errno;
    }

    public int errno() {
        return errno;
    }
}
