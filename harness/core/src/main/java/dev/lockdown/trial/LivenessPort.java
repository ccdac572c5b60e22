package dev.lockdown.trial;

import dev.lockdown.flow.Port;
import dev.lockdown.flow.Protocol;
import dev.lockdown.state.ContainerPort;
import dev.lockdown.state.Pod;
import java.util.ArrayList;
import java.util.List;

/// The port that every pod of a trial serves besides its own, so that its own node can always tell a silent pod from a dead one. It is
/// listened on and not declared: a network plugin that misreads ports which pods share would do so because of us.
public final class LivenessPort {
    static final Port PORT = new Port(Protocol.TCP, 59599);

    private LivenessPort() {}

    /// The ports that a pod serves of its own, whatever the harness has it serve besides.
    public static List<Port> served(Pod pod) {
        return pod.ports().stream().filter(p -> p.declared() || !p.port().equals(PORT)).map(ContainerPort::port).distinct().toList();
    }

    static Pod in(Pod pod) {
        if (pod.hostNetwork() || pod.ports().stream().anyMatch(p -> p.port().equals(PORT))) return pod;
        var ports = new ArrayList<>(pod.ports());
        ports.add(ContainerPort.undeclared(PORT));
        return new Pod(pod.name(), pod.labels(), ports, pod.node(), pod.hostNetwork());
    }
}
