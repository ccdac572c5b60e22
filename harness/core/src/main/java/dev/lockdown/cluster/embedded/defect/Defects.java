package dev.lockdown.cluster.embedded.defect;

import dev.lockdown.cluster.embedded.netpol.Distortion;
import dev.lockdown.cluster.embedded.netpol.Hooks;
import dev.lockdown.cluster.embedded.netpol.View;
import dev.lockdown.cluster.embedded.nft.Link;
import dev.lockdown.state.NetworkPlugin;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/// The defects that one data plane has: the only place where it misbehaves.
///
/// Most are a misunderstanding: they change what enforcement believes the state to be, before it compiles it. The others
/// change the rules of the base chains. Remembers what it believed before, so every data plane needs its own.
public final class Defects implements Distortion {
    private final Set<Defect> present = EnumSet.noneOf(Defect.class);
    private final Forgetting forgetting = new Forgetting(present);

    private Defects(Collection<Defect> present) {
        this.present.addAll(present);
    }

    public static Defects of(Collection<Defect> present) {
        return new Defects(present);
    }

    /// The network plugins that a data plane with these defects passes for: the embedded one, unless some of them play another's.
    public static List<NetworkPlugin> played(Collection<Defect> defects) {
        var played = defects.stream().map(Defect::played).filter(Objects::nonNull).toList();
        return played.isEmpty() ? List.of(new NetworkPlugin("embedded", null, "this process")) : List.copyOf(played);
    }

    public boolean has(Defect defect) {
        return present.contains(defect);
    }

    @Override
    public View view(View truth) {
        return present.isEmpty() ? truth : Misreading.of(present, forgetting.after(truth));
    }

    @Override
    public Hooks hooks(Hooks right, String node, View view, Collection<String> nodes) {
        return present.isEmpty() ? right : Misrouting.of(present, right, node, view, nodes);
    }

    /// Give the rules that a node puts before its translation of source addresses.
    public List<String> beforeMasquerade(String node, Collection<Link> links) {
        return has(Defect.CROSS_NODE_MASQUERADED) ? Misrouting.masqueradeAbroad(node, links) : List.of();
    }
}
