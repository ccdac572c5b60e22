package dev.lockdown.state;

import dev.lockdown.flow.Port;

/// A port that a pod serves.
///
/// @param name the IANA_SVC_NAME that policies and Services may use, or empty
public record ContainerPort(Port port, String name) {
    public static ContainerPort unnamed(Port port) {
        return new ContainerPort(port, "");
    }

    @Override
    public String toString() {
        return name.isEmpty() ? port.toString() : "%s=%s".formatted(name, port);
    }
}
