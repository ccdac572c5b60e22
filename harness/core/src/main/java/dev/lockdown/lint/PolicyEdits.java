package dev.lockdown.lint;

import dev.lockdown.flow.Endpoint;
import dev.lockdown.flow.Flow;
import dev.lockdown.flow.Port;
import dev.lockdown.flow.Protocol;
import dev.lockdown.policy.Repair.Kind;
import dev.lockdown.state.Addresses;
import dev.lockdown.state.Cidr;
import dev.lockdown.state.ClusterState;
import dev.lockdown.state.ContainerPort;
import dev.lockdown.state.Direction;
import dev.lockdown.state.LabelSelector;
import dev.lockdown.state.Namespace;
import dev.lockdown.state.NearestWord;
import dev.lockdown.state.NetworkPolicy;
import dev.lockdown.state.NetworkPolicy.Peer;
import dev.lockdown.state.NetworkPolicy.PolicyPort;
import dev.lockdown.state.NetworkPolicy.Rule;
import dev.lockdown.state.Pod;
import dev.lockdown.state.Service;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What might be a slip in a policy that decides over one side of a flow, each written as it was perhaps meant. Whether that would change
/// anything is asked of the oracle by [Repairs].
///
/// @param subject the pod that is isolated in this direction
/// @param other the pod at the other end, or null where there is none
/// @param arriving the port of the pod at which the flow arrives
record PolicyEdits(ClusterState state, Addresses addresses, Candidates candidates, Flow flow, Direction direction, Pod subject,
        @Nullable Pod other, Port arriving) {
    private static final int DNS = 53;

    List<PolicyEdit> of(NetworkPolicy policy) {
        if (!policy.types().contains(direction)) return List.of();
        boolean own = policy.name().namespace().equals(subject.name().namespace());
        if (own && Candidates.selects(policy.podSelector(), subject)) return rules(policy);
        // One that selects somebody may well mean just that.
        return Lint.selectsNothing(policy, state) ? selecting(policy, own) : List.of();
    }

    private List<PolicyEdit> selecting(NetworkPolicy policy, boolean own) {
        if (!own) {
            if (!Candidates.selects(policy.podSelector(), subject)) return List.of();
            var name = policy.name().namespace();
            var meant = subject.name().namespace();
            return List.of(new PolicyEdit(Kind.POLICY_NAMESPACE, policy, Edited.inNamespace(policy, meant), "", name, meant));
        }
        return SelectorEdits.ofPod(policy.podSelector(), subject.labels()).stream()
            .map(r -> new PolicyEdit(r.kind(), policy, Edited.selecting(policy, r.selector()), "podSelector.matchLabels." + r.key(),
                r.written(), r.meant()))
            .toList();
    }

    private List<PolicyEdit> rules(NetworkPolicy policy) {
        var edits = new ArrayList<PolicyEdit>();
        var rules = policy.rules(direction);
        for (int r = 0; r < rules.size(); r++) {
            var edited = new Edited(policy, direction, r);
            for (int p = 0; p < rules.get(r).peers().size(); p++) peer(edited, p, rules.get(r).peers().get(p), edits);
            for (int p = 0; p < rules.get(r).ports().size(); p++) port(edited, p, rules.get(r), edits);
        }
        return edits;
    }

    private void peer(Edited edited, int index, Peer peer, List<PolicyEdit> edits) {
        switch (peer) {
            case Peer.Pods pods when other != null -> pods(edited, index, pods, other, edits);
            case Peer.IpBlock block when other != null -> block(edited, index, block, other, edits);
            case Peer.Pods _, Peer.IpBlock _ -> {}
        }
    }

    private void pods(Edited edited, int index, Peer.Pods peer, Pod end, List<PolicyEdit> edits) {
        var namespace = peer.namespaceSelector();
        var selector = peer.podSelector();
        if (namespace == null && !end.name().namespace().equals(edited.policy().name().namespace())) {
            var meant = LabelSelector.labels(Map.of(Namespace.NAME_LABEL, end.name().namespace()));
            edits.add(edited.peer(Kind.PEER_NAMESPACE, index, new Peer.Pods(selector, meant), "podSelector",
                edited.policy().name().namespace(), "%s: %s".formatted(Namespace.NAME_LABEL, end.name().namespace())));
        }
        // One that matches somebody may well mean just that.
        if (!candidates.named(peer, edited.policy().name().namespace()).isEmpty()) return;
        var around = state.namespaces().get(end.name().namespace());
        if (namespace != null && around != null)
            for (var r : SelectorEdits.ofNamespace(namespace, around))
                edits.add(edited.peer(r.kind(), index, new Peer.Pods(selector, r.selector()), "namespaceSelector.matchLabels." + r.key(),
                    r.written(), r.meant()));
        if (selector != null)
            for (var r : SelectorEdits.ofPod(selector, end.labels()))
                edits.add(edited.peer(r.kind(), index, new Peer.Pods(r.selector(), namespace), "podSelector.matchLabels." + r.key(),
                    r.written(), r.meant()));
    }

    private void block(Edited edited, int index, Peer.IpBlock block, Pod end, List<PolicyEdit> edits) {
        if (!(flow.destination() instanceof Endpoint.Service(var name)) || direction != Direction.EGRESS
            || addresses.of(flow.destination()).stream().noneMatch(a -> block.cidr().equals(Cidr.parse(host(a.getHostAddress()))))) return;
        var meant = new Peer.Pods(LabelSelector.labels(end.labels()),
            LabelSelector.labels(Map.of(Namespace.NAME_LABEL, end.name().namespace())));
        edits.add(edited.peer(Kind.CLUSTER_IP, index, meant, "ipBlock", block.cidr().toString(), name.toString()));
    }

    private static String host(String address) {
        return address + (address.indexOf(':') < 0 ? "/32" : "/128");
    }

    private void port(Edited edited, int index, Rule rule, List<PolicyEdit> edits) {
        switch (rule.ports().get(index)) {
            case PolicyPort.Range(var protocol, var first, var last) when first == last ->
                number(edited, index, rule, new Port(protocol, first), edits);
            case PolicyPort.Named(var protocol, var name) when protocol == arriving.protocol() -> named(edited, index, name, edits);
            case PolicyPort.Range _, PolicyPort.Named _, PolicyPort.Any _ -> {}
        }
    }

    private void number(Edited edited, int index, Rule rule, Port port, List<PolicyEdit> edits) {
        if (port.number() == DNS && arriving.number() == DNS && port.protocol() != arriving.protocol() && rule.ports().size() == 1)
            edits.add(edited.port(Kind.DNS_PROTOCOL, index, range(arriving.protocol(), DNS), port.toString(), arriving.toString()));
        else
            if (port.protocol() == arriving.protocol() && port.number() != arriving.number() && isOfService(port))
                edits.add(edited.port(Kind.TARGET_PORT, index, range(arriving.protocol(), arriving.number()), port.toString(),
                    arriving.toString()));
    }

    private static PolicyPort range(Protocol protocol, int number) {
        return new PolicyPort.Range(protocol, number, number);
    }

    /// Whether that port of a Service leads to where the flow arrives.
    private boolean isOfService(Port port) {
        var pod = destination();
        return pod != null && services(pod).anyMatch(s -> s.ports().stream().anyMatch(p -> p.port().equals(port) && switch (p.target()) {
            case Service.TargetPort.Number(var number) -> number == arriving.number();
            case Service.TargetPort.Name(var name) -> pod.ports().contains(new ContainerPort(arriving, name));
        }));
    }

    private Stream<Service> services(Pod pod) {
        return state.services().values().stream().filter(s -> s.name().namespace().equals(pod.name().namespace())
            && !s.selector().isEmpty() && Candidates.selects(LabelSelector.labels(s.selector()), pod));
    }

    private @Nullable Pod destination() {
        return direction == Direction.INGRESS ? subject : other;
    }

    private void named(Edited edited, int index, String name, List<PolicyEdit> edits) {
        var pod = destination();
        if (pod == null || PortAdvice.declares(List.of(pod), name, arriving.protocol())) return;
        var near = pod.ports().stream().filter(p -> p.port().equals(arriving) && NearestWord.isNear(name, p.name())).findFirst();
        var meant = near.<PolicyPort>map(p -> new PolicyPort.Named(arriving.protocol(), p.name()))
            .orElseGet(() -> range(arriving.protocol(), arriving.number()));
        edits.add(edited.port(Kind.PORT_NAME, index, meant, name, near.map(p -> p.name()).orElseGet(() -> arriving.number() + "")));
    }
}
