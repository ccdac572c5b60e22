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
record Untried(Needs needs, Shadows shadows, Allowances ways, ApiAddress api, List<Change> own) {

    /// @param before what of each need was seen before any policy
    List<Unproven> of(Map<Need, Seen> before, PodSelectors selectors) {
        var unproven = new ArrayList<>(needs.unproven());
        for (var need : needs.needs()) of(need, before.getOrDefault(need, Seen.UNKNOWN)).ifPresent(unproven::add);
        for (var workload : needs.workloads()) of(workload, selectors).ifPresent(unproven::add);
        return unproven;
    }

    private Optional<Unproven> of(Need need, Seen before) {
        if (need.to() instanceof Party.Host(var name) && before == Seen.UNKNOWN)
            return of(need, "nobody said which address %s has, so nothing can be allowed to it".formatted(name),
                "--host %s=ADDRESS,%s".formatted(name, need.port()));
        if (need.from() instanceof Party.Api)
            return of(need,
                "the API server dials %s on %s, and from which address is not in the manifests".formatted(need.to(), need.port()),
                "allow its address by an ipBlock");
        if (before != Seen.OPEN)
            return Optional.of(new Unproven(need.from(), ways.nobodyBehind(need) ? "no pod is behind %s".formatted(need.to())
                : "%s did not work before any policy".formatted(need), "look at the Service's selector and ports",
                need.because().getFirst(),
                true));
        if (!(need.from() instanceof Party.Node) && ways.endsOnNodes(need))
            return of(need, "%s ends in the network of nodes, whose addresses are not in the manifests".formatted(need),
                "allow the addresses of your nodes by an ipBlock");
        if (api.mayBeMeant(need, own))
            return of(need, "policies let through to blocks of addresses, and nobody said whether the Kubernetes API is in one of them",
                "--api-server ADDRESS:PORT");
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
