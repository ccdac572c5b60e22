package dev.lockdown.rules;

import dev.lockdown.state.AddressText;
import dev.lockdown.state.Direction;
import dev.lockdown.state.NetworkPolicy;
import dev.lockdown.state.Pod;
import dev.lockdown.verdict.RuleFact;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Holds the rules through which a flow comes against what the oracle expects its policies to let through, and says where they differ.
///
/// @param kept the rules through which it comes
/// @param expected what policies are expected to let through
record FactSearch(Firewall firewall, List<Rule> kept, Packet packet, Admissions expected) {
    /// Of the rules of a policy that fail, those next to not failing say most.
    private static final int MOST = 2;

    /// Whether what is programmed is read here at all: other plugins say in no comment of which policy a rule is.
    static boolean isReadable(Firewall firewall) {
        return firewall.chains().keySet().stream()
            .anyMatch(c -> c.name().startsWith("KUBE-ROUTER-") || c.name().startsWith("cali-") || c.name().startsWith("filter-cali-"));
    }

    /// Look at one end.
    ///
    /// @param pod that is there
    List<RuleFact> at(Direction direction, Pod pod) {
        var isolating = expected.isolating(pod, direction);
        if (isolating.isEmpty() || pod.hostNetwork()) return List.of();
        if (!isChained(direction)) return List.of(new RuleFact.NoChain(direction, AddressText.of(own(direction))));
        var admitting = isolating.stream().filter(p -> isExpected(p, direction)).toList();
        var facts = admitting.isEmpty() ? isolating.stream().flatMap(p -> letsThrough(p, direction)).toList()
            : admitting.stream().anyMatch(p -> passing(p, direction).findAny().isPresent()) ? List.<RuleFact>of()
            : admitting.stream().flatMap(p -> lacking(p, direction)).toList();
        return facts.isEmpty() ? List.of(new RuleFact.AsExpected(direction)) : facts;
    }

    private InetAddress own(Direction direction) {
        return packet.address(direction == Direction.EGRESS);
    }

    private boolean isExpected(NetworkPolicy policy, Direction direction) {
        return expected.of(policy, direction).stream()
            .anyMatch(a -> a.admits(own(direction), packet.address(direction == Direction.INGRESS), packet.port()));
    }

    /// Whether a rule that names the end leads anywhere.
    private boolean isChained(Direction direction) {
        boolean source = direction == Direction.EGRESS;
        return kept.stream().filter(r -> firewall.chains().containsKey(r.chain().other(r.target())))
            .flatMap(r -> r.matches().stream()).anyMatch(match -> switch (match) {
                case Match.Address address ->
                    address.source() == source && address.isOne() && address.of(packet, firewall.sets()) == Truth.YES;
                case Match.Interface by -> by.in() == source && by.names(packet);
                case Match.InSet _, Match.OfProtocol _, Match.Ports _, Match.State _, Match.Other _ -> false;
            });
    }

    private Stream<Rule> rules(NetworkPolicy policy, Direction direction) {
        return kept.stream().filter(r -> policy.name().equals(r.policy()) && isOf(r, direction));
    }

    /// Calico has a chain for each direction.
    private static boolean isOf(Rule rule, Direction direction) {
        return !rule.chain().name().contains(direction == Direction.INGRESS ? "cali-po-" : "cali-pi-");
    }

    private Stream<Rule> passing(NetworkPolicy policy, Direction direction) {
        return rules(policy, direction).filter(r -> r.admits() && r.matches(packet, firewall.sets()) == Truth.YES);
    }

    private Stream<RuleFact> letsThrough(NetworkPolicy policy, Direction direction) {
        return passing(policy, direction).limit(1).flatMap(rule -> Stream.concat(
            Stream.of(new RuleFact.LetsThrough(direction, policy.name(), rule.chain().name(), rule.text())),
            rule.matches().stream().filter(Match.InSet.class::isInstance).map(Match.InSet.class::cast)
                .filter(m -> !m.negated() && comparedWith(rule, m).filter(a -> !a.addresses(m.isSource()).contains(end(m))).isPresent())
                .map(m -> new RuleFact.SetHas(direction, policy.name(), rule.chain().name(), m.set(), AddressText.of(end(m))))));
    }

    private InetAddress end(Match.InSet match) {
        return packet.address(match.isSource());
    }

    private Stream<RuleFact> lacking(NetworkPolicy policy, Direction direction) {
        var all = rules(policy, direction).filter(Rule::admits).toList();
        if (all.isEmpty()) return Stream.of(new RuleFact.NoRule(direction, policy.name()));
        var onPort = all.stream().filter(this::isOnPort).toList();
        if (onPort.isEmpty())
            return Stream.of(new RuleFact.NoPort(direction, policy.name(), all.getFirst().chain().name(), packet.port()));
        var nearest = onPort.stream().mapToInt(r -> failing(r).size()).filter(n -> n > 0).min().orElse(0);
        return onPort.stream().filter(r -> failing(r).size() == nearest).flatMap(r -> failing(r).stream()
            .map(m -> (RuleFact) new RuleFact.SetLacks(direction, policy.name(), r.chain().name(), m.set(), AddressText.of(end(m)))))
            .distinct().limit(MOST);
    }

    private boolean isOnPort(Rule rule) {
        return rule.matches().stream().filter(m -> m instanceof Match.Ports || m instanceof Match.OfProtocol)
            .allMatch(m -> m.of(packet, firewall.sets()) != Truth.NO);
    }

    private List<Match.InSet> failing(Rule rule) {
        var failing = new ArrayList<Match.InSet>();
        for (var match : rule.matches())
            if (match instanceof Match.InSet in && in.of(packet, firewall.sets()) == Truth.NO) failing.add(in);
        return failing;
    }

    /// What the oracle expects of the set that a rule asks: of all that the rule's policy lets through, what is nearest to it.
    Optional<Admission> comparedWith(Rule rule, Match.InSet match) {
        var set = firewall.sets().get(match.set());
        var policy = rule.policy() == null ? null : expected.policy(rule.policy());
        if (set == null || policy == null) return Optional.empty();
        return Stream.of(Direction.values()).filter(policy.types()::contains).flatMap(d -> expected.of(policy, d).stream())
            .filter(a -> isAbout(rule, a)).max(Comparator.comparingDouble(a -> likeness(set, a, match.isSource())));
    }

    private static boolean isAbout(Rule rule, Admission admission) {
        if (!isOf(rule, admission.direction())) return false;
        return rule.matches().stream().allMatch(match -> switch (match) {
            case Match.Ports ports -> ports.source() || ports.numbers().stream().anyMatch(n -> admission.overlaps(n));
            case Match.OfProtocol of ->
                admission.protocol() == null || of.name().equalsIgnoreCase(admission.protocol().name()) || of.name().equals("all");
            case Match.Address _, Match.InSet _, Match.Interface _, Match.State _, Match.Other _ -> true;
        });
    }

    private static double likeness(AddressSet set, Admission admission, boolean source) {
        var wanted = admission.addresses(source);
        long both = wanted.stream().filter(set::has).count();
        long all = wanted.size() + set.members().size() - both;
        return all == 0 ? 1 : (double) both / all;
    }
}
