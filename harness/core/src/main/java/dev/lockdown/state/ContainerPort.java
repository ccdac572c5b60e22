package dev.lockdown.state;

import dev.lockdown.flow.Port;

/// A port that a pod serves.
///
/// @param name the IANA_SVC_NAME that policies and Services may use, or empty
/// @param hostPort the port of its node that leads there as well, or 0
/// @param declared whether a container's `ports` have it; a process may listen where its container declares nothing, and then no network
///        plugin can tell
public record ContainerPort(Port port, String name, int hostPort, boolean declared) {
    public ContainerPort {
        if (!declared && (!name.isEmpty() || hostPort != 0))
            throw new IllegalArgumentException("%s has a name or a port of its node, which only a declaration gives".formatted(port));
    }

    public ContainerPort(Port port, String name, int hostPort) {
        this(port, name, hostPort, true);
    }

    public ContainerPort(Port port, String name) {
        this(port, name, 0);
    }

    public static ContainerPort unnamed(Port port) {
        return new ContainerPort(port, "");
    }

    /// One that a process listens on and no container declares.
    public static ContainerPort undeclared(Port port) {
        return new ContainerPort(port, "", 0, false);
    }

    @Override
    public String toString() {
        return name.isEmpty() ? port.toString() : "%s=%s".formatted(name, port);
    }
}
