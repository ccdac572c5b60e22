package dev.lockdown.cluster.embedded.netpol;

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
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The policies of one view, compiled: which pods are isolated in which direction, and what each may do all the same.
///
/// Pods that the same policies select share one allowance, and equal allowances share their sets ([SharedSets]), so that a thousand alike cost as much as one.
record CompiledPolicies(SelectorIndex selection, Map<NamespacedName, NetworkPolicy> policies, Map<Subject, Grant> grants,
        Map<Grant, Allowance> allowances) {

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

    static CompiledPolicies of(View view) {
        return compile(view, new SelectorIndex(view), Map.of(), Map.of());
    }

    /// Compile another view, and of it only what this one does not know.
    CompiledPolicies next(View view) {
        return selection.answersFor(view) ? compile(view, selection, policies, allowances) : of(view);
    }

    /// Compile the allowances on which the change of a policy's rules bears.
    ///
    /// @param policies all of them, after the change
    /// @return null where another named port makes other grants
    @Nullable Map<Grant, Allowance> changed(RuleChange change, Map<NamespacedName, NetworkPolicy> policies) {
        var changed = new LinkedHashMap<Grant, Allowance>();
        for (var member : selection.subjects(change.policy())) {
            for (var direction : change.policy().types()) {
                var grant = Objects.requireNonNull(grants.get(new Subject(member.name(), direction)));
                if (changed.containsKey(grant)) continue;
                var of = grant.policies.stream().map(name -> Objects.requireNonNull(policies.get(name))).toList();
                if (!namedPorts(direction, of, member).equals(grant.namedPorts)) return null;
                changed.put(grant, allowance(direction, of, member, selection));
            }
        }
        return changed;
    }

    /// Replace the policies, and the allowances that [#changed] gave for them.
    CompiledPolicies with(Map<NamespacedName, NetworkPolicy> other, Map<Grant, Allowance> changed) {
        var all = new LinkedHashMap<>(allowances);
        all.putAll(changed);
        return new CompiledPolicies(selection, other, grants, all);
    }

    private static CompiledPolicies compile(View view, SelectorIndex selection, Map<NamespacedName, NetworkPolicy> before,
            Map<Grant, Allowance> known) {
        var isolating = new LinkedHashMap<Subject, List<NetworkPolicy>>();
        var members = new HashMap<NamespacedName, PodAddresses>();
        for (var policy : view.policies().values()) {
            for (var member : selection.subjects(policy)) {
                members.put(member.name(), member);
                for (var direction : policy.types())
                    isolating.computeIfAbsent(new Subject(member.name(), direction), _ -> new ArrayList<>()).add(policy);
            }
        }
        var grants = new LinkedHashMap<Subject, Grant>();
        var allowances = new LinkedHashMap<Grant, Allowance>();
        isolating.forEach((subject, policies) -> {
            var own = member(members, subject);
            var grant = new Grant(subject.direction(), policies.stream().map(NetworkPolicy::name).toList(),
                namedPorts(subject.direction(), policies, own));
            grants.put(subject, grant);
            allowances.computeIfAbsent(grant, _ -> {
                var same = policies.stream().allMatch(p -> p.equals(before.get(p.name()))) ? known.get(grant) : null;
                return same != null ? same : allowance(subject.direction(), policies, own, selection);
            });
        });
        return new CompiledPolicies(selection, view.policies(), grants, allowances);
    }

    private static PodAddresses member(Map<NamespacedName, PodAddresses> members, Subject subject) {
        return Objects.requireNonNull(members.get(subject.pod()));
    }

    private static List<Integer> namedPorts(Direction direction, Collection<NetworkPolicy> policies, PodAddresses own) {
        if (direction == Direction.EGRESS) return List.of();
        return policies.stream().flatMap(p -> p.ingress().stream()).flatMap(r -> named(r).stream())
            .flatMap(n -> own.numbers(n.protocol(), n.name()).stream()).toList();
    }

    private static Allowance allowance(Direction direction, Collection<NetworkPolicy> policies, PodAddresses own, SelectorIndex selection) {
        var builder = new Allowance.Builder(direction);
        for (var policy : policies) {
            for (var rule : policy.rules(direction)) {
                var peers = Peers.of(rule, policy.name().namespace(), selection);
                builder.allow(peers, ports(rule, direction, own));
                if (direction == Direction.EGRESS) allowNamed(builder, peers, named(rule), selection.all());
            }
        }
        return builder.build();
    }

    /// The ports of a rule that are the same for all of its peers.
    private static List<Ports> ports(Rule rule, Direction direction, PodAddresses own) {
        if (rule.ports().isEmpty()) return List.of(Ports.ALL);
        var ports = new ArrayList<Ports>();
        for (var port : rule.ports()) switch (port) {
            case PolicyPort.Any(var protocol) -> ports.add(Ports.of(protocol));
            case PolicyPort.Range(var protocol, int first, int last) -> ports.add(Ports.of(protocol, first, last));
            case PolicyPort.Named named -> {
                if (direction == Direction.INGRESS) resolved(named, own).forEach(ports::add);
            }
        }
        return ports;
    }

    private static List<PolicyPort.Named> named(Rule rule) {
        return rule.ports().stream().filter(PolicyPort.Named.class::isInstance).map(PolicyPort.Named.class::cast).toList();
    }

    /// Allow the ports under these names, whatever number each of the destinations gives them.
    private static void allowNamed(Allowance.Builder builder, Peers peers, List<PolicyPort.Named> names, List<PodAddresses> everybody) {
        if (names.isEmpty()) return;
        for (var member : everybody) {
            var ports = names.stream().flatMap(n -> resolved(n, member)).toList();
            if (ports.isEmpty()) continue;
            for (var place : member.places()) if (peers.include(member, place)) ports.forEach(port -> builder.allow(place, port));
        }
    }

    private static Stream<Ports> resolved(PolicyPort.Named named, PodAddresses destination) {
        return destination.numbers(named.protocol(), named.name()).stream().map(number -> Ports.of(named.protocol(), number, number));
    }
}
