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
        if (!facts.isEmpty()) return facts;
        // Of what is not understood nothing is concluded.
        boolean unknown = isolating.stream().anyMatch(p -> admitting(p, direction, Truth.UNKNOWN).findAny().isPresent());
        return unknown ? List.of() : List.of(new RuleFact.AsExpected(direction));
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
                case Match.InSet _, Match.OfProtocol _, Match.Ports _, Match.State _, Match.Marked _, Match.Other _ -> false;
            });
    }

    private Stream<Rule> rules(NetworkPolicy policy, Direction direction) {
        return kept.stream().filter(r -> policy.name().equals(r.policy()) && isOf(r, direction));
    }

    private static boolean isCalico(Rule rule) {
        return rule.chain().name().contains("cali-");
    }

    /// Calico has a chain for each direction.
    private static boolean isOf(Rule rule, Direction direction) {
        return !rule.chain().name().contains(direction == Direction.INGRESS ? "cali-po-" : "cali-pi-");
    }

    /// The chains that are of a policy, each gone through by the packet.
    private Stream<ChainRun> runs(NetworkPolicy policy, Direction direction) {
        return rules(policy, direction).map(Rule::chain).distinct()
            .map(c -> new ChainRun(firewall.rules(c), packet, firewall.sets()));
    }

    /// The rules of a policy that let through whom they mean.
    private Stream<Rule> admitting(NetworkPolicy policy, Direction direction, ChainRun run) {
        return run.rules().stream()
            .filter(r -> policy.name().equals(r.policy()) && isOf(r, direction) && run.isAdmitting(r));
    }

    private Stream<Rule> admitting(NetworkPolicy policy, Direction direction, Truth met) {
        return runs(policy, direction).flatMap(run -> admitting(policy, direction, run).filter(r -> run.of(r) == met));
    }

    private Stream<Rule> passing(NetworkPolicy policy, Direction direction) {
        return admitting(policy, direction, Truth.YES);
    }

    private Stream<RuleFact> letsThrough(NetworkPolicy policy, Direction direction) {
        return passing(policy, direction).limit(1).flatMap(rule -> Stream.concat(
            Stream.of(new RuleFact.LetsThrough(direction, policy.name(), rule.chain().name(), rule.text())),
            Stream.concat(Stream.of(rule), new ChainRun(firewall.rules(rule.chain()), packet, firewall.sets()).markers(rule).stream())
                .flatMap(r -> sets(r, Truth.YES).filter(m -> isUnexpected(r, m))
                    .map(m -> new RuleFact.SetHas(direction, policy.name(), r.chain().name(), m.set(), end(m).toString())))));
    }

    private Stream<RuleFact> lacking(NetworkPolicy policy, Direction direction) {
        var runs = runs(policy, direction).filter(run -> admitting(policy, direction, run).findAny().isPresent()).toList();
        if (runs.isEmpty()) return Stream.of(new RuleFact.NoRule(direction, policy.name()));
        if (admitting(policy, direction, Truth.UNKNOWN).findAny().isPresent()) return Stream.of();
        var facts = runs.stream().flatMap(run -> admitting(policy, direction, run).map(r -> lacking(r, run)))
            .filter(l -> !l.isEmpty()).sorted(Comparator.comparingInt(List::size)).flatMap(List::stream)
            .map(m -> (RuleFact) new RuleFact.SetLacks(direction, policy.name(), m.chain(), m.match().set(), end(m.match()).toString()))
            .distinct().limit(MOST).toList();
        return facts.isEmpty()
            ? Stream.of(new RuleFact.NoPort(direction, policy.name(), rules(policy, direction).findFirst().orElseThrow().chain().name(),
                packet.port()))
            : facts.stream();
    }

    private record Lacking(String chain, Match.InSet match) {}

    /// The sets by which alone a rule does not let the packet through, though it should be in them; none where the rule is for others.
    private List<Lacking> lacking(Rule rule, ChainRun run) {
        var found = new ArrayList<Lacking>();
        for (var match : rule.matches()) {
            if (match instanceof Match.Marked || match.of(packet, firewall.sets()) != Truth.NO) continue;
            if (!(match instanceof Match.InSet in) || !isWanted(rule, in)) return List.of();
            found.add(new Lacking(rule.chain().name(), in));
        }
        var markers = run.markers(rule);
        if (!markers.isEmpty() && markers.stream().noneMatch(m -> run.of(m) == Truth.YES)) {
            var helping = markers.stream().map(m -> lacking(m, run)).filter(l -> !l.isEmpty()).findFirst();
            if (helping.isEmpty()) return List.of();
            found.addAll(helping.get());
        }
        return found;
    }

    private Stream<Match.InSet> sets(Rule rule, Truth truth) {
        return rule.matches().stream().filter(Match.InSet.class::isInstance).map(Match.InSet.class::cast)
            .filter(m -> !m.negated() && m.of(packet, firewall.sets()) == truth);
    }

    private boolean isWanted(Rule rule, Match.InSet match) {
        return !match.negated() && contents(rule, match).filter(c -> c.wanted().contains(end(match))).isPresent();
    }

    private boolean isUnexpected(Rule rule, Match.InSet match) {
        return contents(rule, match).filter(c -> !c.admits(end(match))).isPresent();
    }

    /// The packet's end of which a set is asked.
    private SetContents.End end(Match.InSet match) {
        var set = firewall.sets().get(match.set());
        return new SetContents.End(packet.address(match.isSource()), set != null && set.hasPorts() ? packet.port() : null);
    }

    /// What the oracle expects of the set that a rule asks: of all that the rule's policy lets through, what is nearest to it.
    Optional<SetContents> contents(Rule rule, Match.InSet match) {
        var set = firewall.sets().get(match.set());
        var policy = rule.policy() == null ? null : expected.policy(rule.policy());
        if (set == null || policy == null) return Optional.empty();
        return Stream.of(Direction.values()).filter(d -> policy.types().contains(d) && isOf(rule, d))
            .flatMap(d -> candidates(rule, match, set, policy, d))
            .max(Comparator.comparingDouble((SetContents c) -> c.likeness(set)).thenComparing(c -> c.wanted().contains(end(match))));
    }

    private Stream<SetContents> candidates(Rule rule, Match.InSet match, AddressSet set, NetworkPolicy policy, Direction direction) {
        var asWritten = isCalico(rule) ? Admissions.byPeer(policy) : policy;
        if (set.hasPorts()) return match.isSource() ? Stream.of() : expected.named(asWritten, direction).stream();
        return expected.of(asWritten, direction).stream().filter(a -> isAbout(rule, a))
            .map(a -> SetContents.of(a.addresses(match.isSource())));
    }

    private static boolean isAbout(Rule rule, Admission admission) {
        return rule.matches().stream().allMatch(match -> switch (match) {
            case Match.Ports ports -> ports.source() || ports.numbers().stream().anyMatch(n -> admission.overlaps(n));
            case Match.OfProtocol of ->
                admission.protocol() == null || of.name().equalsIgnoreCase(admission.protocol().name()) || of.name().equals("all");
            case Match.Address _, Match.InSet _, Match.Interface _, Match.State _, Match.Marked _, Match.Other _ -> true;
        });
    }
}
