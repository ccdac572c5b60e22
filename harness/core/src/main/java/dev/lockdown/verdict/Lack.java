package dev.lockdown.verdict;

import dev.lockdown.flow.Endpoint;
import dev.lockdown.flow.NamespacedName;
import dev.lockdown.flow.Outcome;
import dev.lockdown.flow.Port;

/// Why there is no control: what may have silenced a flow besides a policy.
public sealed interface Lack {
    /// Not even its own node reaches the pod, which no policy prevents: the pod or its link is down.
    record PodDown(NamespacedName pod) implements Lack {}

    /// Not even its own node is answered on this port of the pod.
    record NoListener(NamespacedName pod, Port port) implements Lack {}

    record NoEndpoints(NamespacedName service) implements Lack {}

    /// A pod that no policy isolates is not answered either.
    record NoAnswerForBystander(Endpoint destination, Port port) implements Lack {}

    /// The same for ICMP.
    record NoEchoForBystander(Endpoint destination) implements Lack {}

    /// The same for a name.
    record NoNameForBystander(String name) implements Lack {}

    /// The data plane reports what it drops, and reported nothing.
    record NoRuleNamed() implements Lack {}

    /// The flow was not open before the first policy either.
    record ShutInBaseline(Outcome seen) implements Lack {}

    /// Nothing was there to compare with.
    record NothingToCompare() implements Lack {}
}
