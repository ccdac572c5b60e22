package dev.lockdown.cluster.embedded;

import dev.lockdown.cluster.embedded.dial.NetworkEndpoint;
import dev.lockdown.cluster.embedded.dial.NetworkEndpoints;
import dev.lockdown.cluster.embedded.wiring.Wiring;
import dev.lockdown.flow.Endpoint;
import dev.lockdown.flow.Port;

/// What can go wrong beside the policies. None of it may ever look like a policy at work.
public final class Faults {
    private final Wiring wiring;
    private final NetworkEndpoints endpoints;

    Faults(Wiring wiring, NetworkEndpoints endpoints) {
        this.wiring = wiring;
        this.endpoints = endpoints;
    }

    /// Cut a pod's veth pair.
    public void linkDown(Endpoint.Pod pod) {
        wiring.linkDown(pod.name());
    }

    public void linkUp(Endpoint.Pod pod) {
        wiring.linkUp(pod.name());
    }

    /// Kill a pod's agent: it neither dials nor answers.
    public void killAgent(Endpoint.Pod pod) {
        networkEndpoint(pod).agent().die();
    }

    /// Close what listens on a port of a pod.
    public void stopListening(Endpoint.Pod pod, Port port) {
        networkEndpoint(pod).agent().stopServing(port);
    }

    /// Have somebody else answer at a pod's address.
    public void answerAs(Endpoint.Pod pod, String impostor) {
        networkEndpoint(pod).agent().answerAs(impostor);
    }

    private NetworkEndpoint networkEndpoint(Endpoint.Pod pod) {
        var networkEndpoint = endpoints.get(pod);
        if (networkEndpoint == null) throw new IllegalArgumentException("there is no pod %s".formatted(pod));
        return networkEndpoint;
    }
}
