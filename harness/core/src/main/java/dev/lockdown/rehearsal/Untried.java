package dev.lockdown.rehearsal;

import dev.lockdown.need.Because;
import dev.lockdown.need.Need;
import dev.lockdown.need.Needs;
import dev.lockdown.need.Party;
import dev.lockdown.need.Unproven;
import dev.lockdown.state.Change;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Says of what a rehearsal cannot prove why, and what would change that.
///
/// @param own policies of the application
record Untried(Needs needs, Shadows shadows, NeedFlows flows, HomeAddresses home, List<Change> own) {
    private static final String API_SERVER = "--api-server ADDRESS:PORT";
    private static final String NODES = "--node-addresses CIDR";

    /// @param before what of each need was seen before any policy
    /// @param healed and under the proposed ones
    List<Unproven> of(Map<Need, Seen> before, Map<Need, Seen> healed, PodSelectors selectors) {
        var unproven = new ArrayList<>(needs.unproven());
        for (var need : needs.needs())
            of(need, before.getOrDefault(need, Seen.UNKNOWN), healed.getOrDefault(need, Seen.UNKNOWN)).ifPresent(unproven::add);
        for (var workload : needs.workloads()) of(workload, selectors).ifPresent(unproven::add);
        return unproven;
    }

    private Optional<Unproven> of(Need need, Seen before, Seen healed) {
        if (shadows.absent().contains(need.from()) || shadows.absent().contains(need.to()))
            return of(need,
                "%s was not tried: on a cluster where others run, no pod of ours stands in the network of a node or in a system namespace"
                    .formatted(need),
                "rehearse it on the embedded cluster, too");
        if (need.to() instanceof Party.Host(var name) && before == Seen.UNKNOWN)
            return of(need, "nobody said which address %s has, so nothing can be allowed to it".formatted(name),
                "--host %s=ADDRESS,%s".formatted(name, need.port()));
        if (need.from() instanceof Party.Api && before == Seen.UNKNOWN && !flows.nobodyBehind(need))
            return of(need, "on this cluster nothing of ours dials as the API server does, so %s on %s was not tried"
                .formatted(need.to(), need.port()), "rehearse it on the embedded cluster, too");
        if (need.from() instanceof Party.Api && before == Seen.OPEN && !home.isApiKnown())
            return of(need,
                "the API server dials %s on %s, and from which address is not in the manifests".formatted(need.to(), need.port()),
                API_SERVER);
        if (before != Seen.OPEN)
            return Optional.of(new Unproven(need.from(), flows.nobodyBehind(need) ? "no pod is behind %s".formatted(need.to())
                : "%s did not work before any policy".formatted(need), "look at the Service's selector and ports",
                need.because().getFirst(),
                true));
        if (home.nodes().isEmpty() && !(need.from() instanceof Party.Node) && flows.endsOnNodes(need))
            return of(need, "%s ends in the network of nodes, whose addresses are not in the manifests".formatted(need), NODES);
        if (home.nodes().isEmpty() && flows.beginsOnNodes(need) && !flows.targets(need).isEmpty())
            return of(need, "%s comes from the network of nodes, whose addresses are not in the manifests".formatted(need), NODES);
        if (healed == Seen.UNKNOWN && !(need.from() instanceof Party.Node) && (flows.endsOnNodes(need) || flows.beginsOnNodes(need)))
            return of(need, "whether policies count for %s, which has an end in the network of a node, the API leaves to the network plugin"
                .formatted(need), "try it on a cluster, without --expected-only");
        if (home.mayBeMeant(need, flows, own))
            return of(need, "policies let through to blocks of addresses, and nobody said whether the Kubernetes API is in one of them",
                API_SERVER);
        return Optional.empty();
    }

    private static Optional<Unproven> of(Need need, String what, String remedy) {
        return Optional.of(new Unproven(need.from(), what, remedy, need.because().getFirst(), false));
    }

    private Optional<Unproven> of(Needs.Workload workload, PodSelectors selectors) {
        var party = workload.party();
        Because at = workload.at();
        var others = selectors.others(party);
        if (!others.isEmpty())
            return Optional.of(
                new Unproven(party, "no labels tell it from %s, so whatever it is allowed, they are".formatted(others.iterator().next()),
                    "give its template a label of its own", at, false));
        if (selectors.of(party).isEmpty() && !shadows.pods().getOrDefault(party, List.of()).isEmpty())
            return Optional.of(new Unproven(party, "it has no labels, so no policy can mean it", "give its template a label", at, false));
        return Optional.empty();
    }
}
