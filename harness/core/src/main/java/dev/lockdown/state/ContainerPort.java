package dev.lockdown.state;

import dev.lockdown.flow.Port;

/// A port that a pod serves.
///
/// @param name the IANA_SVC_NAME that policies and Services may use, or empty
/// @param hostPort the port of its node that leads there as well, or 0
public record ContainerPort(Port port, String name, int hostPort) {
    public ContainerPort(Port port, String name) {
        this(port, name, 0);
    }

    public static ContainerPort unnamed(Port port) {
        return new ContainerPort(port, "");
    }

    @Override
    public String toString() {
        return name.isEmpty() ? port.toString() : "%s=%s".formatted(name, port);
    }
}
