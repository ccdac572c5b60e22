package dev.lockdown.cluster.embedded.kernel;

import dev.lockdown.cluster.EnvironmentException;

/// The kernel refused a call: which call, and the errno that it gave. Where the machine has no more of something, it is the cause.
public final class KernelException extends RuntimeException {
    private final int errno;

    KernelException(String call, int errno) {
        this(call, errno, "");
    }

    /// @param detail the kernel's own words where it gave some (netlink's extended acknowledgement), or empty
    KernelException(String call, int errno, String detail) {
        this(message(call, errno, detail), errno, Errno.isShortage(errno));
    }

    private KernelException(String message, int errno, boolean shortage) {
        super(message, shortage ? new EnvironmentException(message, null) : null);
        this.errno = errno;
    }

    private static String message(String call, int errno, String detail) {
        return "%s: %s%s".formatted(call, Errno.describe(errno), detail.isEmpty() ? "" : ": " + detail);
    }

    public int errno() {
        return errno;
    }
}
