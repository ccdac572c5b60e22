package dev.lockdown.cluster.embedded.kernel;

import java.nio.file.Path;

/// Where other programs find a namespace, as long as this process holds it open.
public final class NamespacePath {
    private NamespacePath() {}

    public static Path of(NetworkNamespace namespace) {
        return Path.of("/proc", Long.toString(ProcessHandle.current().pid()), "fd", Integer.toString(namespace.fd()));
    }
}
