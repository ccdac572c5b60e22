package dev.lockdown.probe.socket;

import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;

/// Error numbers of errno(3) that sockets meet, as Linux gives them on every machine that Java runs on, and the JDK's exceptions for them.
final class Errno {
    static final int EINTR = 4;
    static final int EAGAIN = 11;
    static final int EACCES = 13;
    static final int EEXIST = 17;
    static final int EADDRINUSE = 98;
    static final int ECONNABORTED = 103;
    static final int ECONNREFUSED = 111;
    static final int EINPROGRESS = 115;
    private static final int EADDRNOTAVAIL = 99;
    private static final int EPROTONOSUPPORT = 93;
    private static final int ESOCKTNOSUPPORT = 94;
    private static final int EAFNOSUPPORT = 97;

    private Errno() {}

    /// Whether the kernel does not know such sockets.
    static boolean isUnknownProtocol(int errno) {
        return errno == EPROTONOSUPPORT || errno == ESOCKTNOSUPPORT || errno == EAFNOSUPPORT;
    }

    static IOException exception(int errno) {
        var text = Syscall.text(errno);
        return switch (errno) {
            case EADDRINUSE, EADDRNOTAVAIL -> new BindException(text);
            case ECONNREFUSED -> new ConnectException(text);
            default -> new IOException(text);
        };
    }

    /// @param result of a system call, or the negated errno
    static int checked(long result) throws IOException {
        if (result < 0) throw exception((int) -result);
        return (int) result;
    }
}
