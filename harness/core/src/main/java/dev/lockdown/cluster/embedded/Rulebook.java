package dev.lockdown.cluster.embedded;

import dev.lockdown.flow.NamespacedName;
import dev.lockdown.state.Direction;
import dev.lockdown.state.NetworkPolicy;
import dev.lockdown.state.NetworkPolicy.PolicyPort;
import dev.lockdown.state.NetworkPolicy.Rule;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The policies of one view, compiled: which pods are isolated in which direction, and what each may do all the same.
///
/// Pods that the same policies select share one allowance, so that a thousand alike cost as much as one.
record Rulebook(Map<Subject, Grant> grants, Map<Grant, Allowance> allowances) {

    /// A pod that is isolated in a direction.
    record Subject(NamespacedName pod, Direction direction) {
        @Override
        public String toString() {
            return "%s of %s".formatted(direction, pod);
        }
    }

    /// What an allowance depends on.
    ///
    /// @param namedPorts the numbers of the pod's own ports that its ingress rules name, in the order of the rules; pods with
    ///     different numbers cannot share
    record Grant(Direction direction, List<NamespacedName> policies, List<Integer> namedPorts) {}

    static Rulebook of(View view) {
        var selection = new Selection(view);
        var isolating = new LinkedHashMap<Subject, List<NetworkPolicy>>();
        var members = new HashMap<NamespacedName, Member>();
        for (var policy : view.policies().values()) {
            for (var member : selection.subjects(policy)) {
                members.put(member.name(), member);
                for (var direction : policy.types())
                    isolating.computeIfAbsent(new Subject(member.name(), direction), _ -> new ArrayList<>()).add(policy);
            }
        }
        return compile(isolating, members, selection);
    }

    private static Rulebook compile(Map<Subject, List<NetworkPolicy>> isolating, Map<NamespacedName, Member> members, Selection selection) {
        var grants = new LinkedHashMap<Subject, Grant>();
        var allowances = new LinkedHashMap<Grant, Allowance>();
        var everybody = selection.all();
        isolating.forEach((subject, policies) -> {
            var own = members.get(subject.pod());
            var grant = new Grant(subject.direction(), policies.stream().map(NetworkPolicy::name).toList(),
                    namedPorts(subject.direction(), policies, own));
            grants.put(subject, grant);
            allowances.computeIfAbsent(grant, _ -> allowance(subject.direction(), policies, own, selection, everybody));
        });
        return new Rulebook(grants, allowances);
    }

    private static List<Integer> namedPorts(Direction direction, Collection<NetworkPolicy> policies, Member own) {
        if (direction == Direction.EGRESS) return List.of();
        return policies.stream().flatMap(p -> p.ingress().stream()).flatMap(r -> r.ports().stream())
            .filter(PolicyPort.Named.class::isInstance).map(PolicyPort.Named.class::cast).map(n -> own.number(n.protocol(), n.name()))
            .toList();
    }

    private static Allowance allowance(Direction direction, Collection<NetworkPolicy> policies, Member own, Selection selection,
            List<Member> everybody) {
        var builder = new Allowance.Builder(direction);
        for (var policy : policies) {
            for (var rule : policy.rules(direction)) {
                var peers = Peers.of(rule, policy.name().namespace(), selection);
                if (rule.ports().isEmpty()) builder.allow(peers, Ports.ALL);
                for (var port : rule.ports()) allow(builder, direction, peers, port, own, everybody);
            }
        }
        return builder.build();
    }

    private static void allow(Allowance.Builder builder, Direction direction, Peers peers, PolicyPort port, Member own,
            List<Member> everybody) {
        switch (port) {
            case PolicyPort.Any(var protocol) -> builder.allow(peers, Ports.of(protocol));
            case PolicyPort.Range(var protocol, int first, int last) -> builder.allow(peers, Ports.of(protocol, first, last));
            case PolicyPort.Named named -> {
                if (direction == Direction.EGRESS) allowEach(builder, peers, named, everybody);
                else if (own.number(named.protocol(), named.name()) != 0) builder.allow(peers, resolved(named, own));
            }
        }
    }

    /// Allow the port under this name, whatever number each of the destinations gives it.
    private static void allowEach(Allowance.Builder builder, Peers peers, PolicyPort.Named named, List<Member> everybody) {
        for (var member : everybody) {
            if (member.number(named.protocol(), named.name()) == 0) continue;
            for (var place : member.places()) if (peers.include(member, place)) builder.allow(place, resolved(named, member));
        }
    }

    private static Ports resolved(PolicyPort.Named named, Member destination) {
        int number = destination.number(named.protocol(), named.name());
        return Ports.of(named.protocol(), number, number);
    }
}
