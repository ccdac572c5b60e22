package dev.lockdown.cluster.kubernetes;

import dev.lockdown.flow.Family;
import dev.lockdown.state.Counted;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What a cluster has no place for, told before a run, each with what would change it.
final class Skips {
    private static final AccessReview.Rule SLICES =
        new AccessReview.Rule("discovery.k8s.io", "endpointslices", List.of("create", "patch", "delete"));

    private Skips() {}

    /// @return a line each
    static List<String> of(KubernetesClient client, ClusterInfo info, Settings settings) {
        var skips = new ArrayList<String>();
        int nodes = info.nodes().size();
        skips.add("more nodes than %s (@needs:%s-nodes): there %s%s".formatted(Counted.of(nodes, "node"), nodes + 1,
            nodes == 1 ? "is one" : "are no more", info.unused().isEmpty() ? "" : " (" + String.join("; ", info.unused()) + ")"));
        var lacking = Stream.of(Family.values()).filter(f -> !info.families().contains(f)).toList();
        if (!lacking.isEmpty())
            skips.add("%s (@ipv6, @dual-stack): the cluster's pods have %s alone".formatted(words(lacking), words(info.families())));
        skips.add("SCTP (@needs:sctp): agents in pods speak TCP and UDP alone");
        skips.add(settings.externals().isEmpty()
            ? "external hosts: --external HOST=ADDRESS says where one is, HOST=self has this machine stand for it"
            : "external hosts other than %s: --external HOST=ADDRESS says where one is, HOST=self has this machine stand for it".formatted(
                String.join(", ", new TreeSet<>(settings.externals().keySet()))));
        if (!settings.allowDisruptive())
            skips.add("disruptions of the network plugin, of DNS and of the API: --allow-disruptive allows them");
        skips.add(
            "disruptions of nodes and links, and ports of nodes (hostPort): there is no hold of the nodes; --cluster embedded has them");
        skips.add("@established:…: what becomes of connections that stand is not known; ./lockdown fingerprint measures it");
        var denied = SLICES.verbs().stream().filter(verb -> !new AccessReview(client).allowed(SLICES, verb)).toList();
        if (!denied.isEmpty())
            skips.add(
                "endpoints that are written by hand: the user may not %s endpointslices; a rule of the ClusterRole allows it".formatted(
                    String.join(", ", denied)));
        return skips.stream().map("skipped here: "::concat).toList();
    }

    private static String words(List<Family> families) {
        return families.stream().map(Object::toString).collect(Collectors.joining(" and "));
    }
}
