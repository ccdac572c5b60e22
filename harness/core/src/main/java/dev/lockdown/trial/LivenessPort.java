package dev.lockdown.trial;

import dev.lockdown.flow.Port;
import dev.lockdown.flow.Protocol;
import dev.lockdown.state.ContainerPort;
import dev.lockdown.state.Pod;
import java.util.ArrayList;

/// The port that every pod of a trial serves besides its own, so that its own node can always tell a silent pod from a dead one.
final class LivenessPort {
    static final Port PORT = new Port(Protocol.TCP, 59599);

    private LivenessPort() {}

    static Pod in(Pod pod) {
        if (pod.hostNetwork() || pod.ports().stream().anyMatch(p -> p.port().equals(PORT))) return pod;
        var ports = new ArrayList<>(pod.ports());
        ports.add(ContainerPort.unnamed(PORT));
        return new Pod(pod.name(), pod.labels(), ports, pod.node(), pod.hostNetwork());
    }
}
