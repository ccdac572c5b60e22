package dev.lockdown.cluster.kubernetes;

import dev.lockdown.cluster.Needs;
import dev.lockdown.cluster.Provision;
import dev.lockdown.cluster.Requirements;
import dev.lockdown.cluster.kubernetes.outside.BalancerAddresses;
import dev.lockdown.cluster.kubernetes.outside.External;
import dev.lockdown.cluster.kubernetes.system.NodeDnsCache;
import dev.lockdown.flow.Endpoint;
import dev.lockdown.flow.Family;
import dev.lockdown.flow.Protocol;
import dev.lockdown.state.Counted;
import dev.lockdown.state.DnsCache;
import dev.lockdown.state.ExternalHost;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What a cluster behind an API has a place for, read once: nothing of it is made for that.
///
/// @param pendingBalancers why load balancers are not dialled; empty where nothing is known against it
/// @param dnsCaches addresses of the DNS caches of its nodes
/// @param deniedSlices what the user may not do with EndpointSlices
record KubernetesProvision(ClusterInfo info, Settings settings, Set<String> dnsCaches, List<String> deniedSlices,
        Optional<String> pendingBalancers) implements Provision {
    private static final AccessReview.Rule SLICES =
        new AccessReview.Rule("discovery.k8s.io", "endpointslices", List.of("create", "patch", "delete"));

    static KubernetesProvision of(KubernetesClient client, ClusterInfo info, Settings settings) {
        var review = new AccessReview(client);
        return new KubernetesProvision(info, settings, NodeDnsCache.addresses(client),
            SLICES.verbs().stream().filter(verb -> !review.allowed(SLICES, verb)).toList(), BalancerAddresses.pending(client));
    }

    @Override
    public Optional<String> refusal(Requirements asked) {
        return Stream.<Supplier<Optional<String>>>of(() -> nodes(asked.needs()), () -> families(asked.needs()),
            () -> established(asked.needs()), () -> hosts(asked), () -> names(asked), () -> endpoints(asked), () -> balancers(asked),
            () -> disruptions(asked))
            .map(Supplier::get).flatMap(Optional::stream).findFirst();
    }

    @Override
    public Optional<String> condition(Requirements asked) {
        return asked.protocols().contains(Protocol.SCTP) ? Optional.of(
            "it needs SCTP, which each node's kernel is asked for when it begins; `modprobe sctp` on the node loads it") : Optional.empty();
    }

    private Optional<String> nodes(Needs needs) {
        if (needs.nodes() <= info.nodes().size() || needs.nodes() <= Needs.DEFAULT.nodes()) return Optional.empty();
        return Optional.of("it needs %s nodes, and here %s can run agents%s".formatted(needs.nodes(), info.nodes().size(),
            info.unused().isEmpty() ? "" : " (" + String.join("; ", info.unused()) + ")"));
    }

    private Optional<String> families(Needs needs) {
        if (info.families().containsAll(needs.families())) return Optional.empty();
        return Optional.of("it needs %s, and the cluster's pods have %s".formatted(words(needs.families()), words(info.families())));
    }

    private static Optional<String> established(Needs needs) {
        return Optional.ofNullable(needs.established())
            .map(e -> "@established:%s: what this cluster does with established connections is not known".formatted(e.word()));
    }

    private Optional<String> hosts(Requirements asked) {
        for (var host : asked.hosts()) {
            if (DnsCache.is(host)) {
                var refusal = NodeDnsCache.refusal(dnsCaches, host);
                if (refusal.isPresent()) return refusal;
            } else
                if (settings.externals().get(host.name()) instanceof External external) {
                    var refusal = External.refusal(host, external);
                    if (refusal.isPresent()) return refusal;
                }
        }
        for (var host : asked.diallingHosts())
            if (!(settings.externals().get(host) instanceof External.Self)) return Optional.of(notOurs(host));
        for (var host : asked.dialledHosts())
            if (!settings.externals().containsKey(host) && !DnsCache.is(new Endpoint.Host(host))) return Optional.of(unaddressed(host));
        return Optional.empty();
    }

    private Optional<String> names(Requirements asked) {
        if (settings.allowDisruptive()) return Optional.empty();
        var hosts = asked.hosts().stream().map(ExternalHost::name).collect(Collectors.toSet());
        return asked.resolvedNames().stream().filter(hosts::contains).map(KubernetesProvision::unresolved).findFirst();
    }

    private Optional<String> endpoints(Requirements asked) {
        return deniedSlices.isEmpty() ? Optional.empty()
            : asked.services().stream().filter(s -> !s.endpoints().isEmpty()).map(s -> GivenEndpoints.denied(s.name())).findFirst();
    }

    private Optional<String> balancers(Requirements asked) {
        return asked.balancedServices().isEmpty() ? Optional.empty() : pendingBalancers.map(BalancerAddresses::refusal);
    }

    /// Whether it can be done where it is allowed depends on more, which is looked at when the scenario begins.
    private Optional<String> disruptions(Requirements asked) {
        return asked.disruptions().stream().flatMap(d -> KubernetesDisruptions.refusal(d, settings).stream()).findFirst();
    }

    /// Why a host can be neither dialled nor counted.
    static String unaddressed(String host) {
        return "the external host %s has no address here; give one with --external %s=ADDRESS:PORT, or have this machine stand for it with --external %s=self"
            .formatted(host, host, host);
    }

    /// Why nothing can be dialled from a host.
    static String notOurs(String host) {
        return "nothing can be dialled from the external host %s, which is not ours; --external %s=self has this machine stand for it"
            .formatted(host, host);
    }

    /// Why a host's name is not asked for.
    static String unresolved(String host) {
        return "%s is a name that the cluster's DNS does not know; --allow-disruptive teaches it, for as long as the run lasts"
            .formatted(host);
    }

    /// What is skipped here, whatever the features are, each with what would change it.
    ///
    /// @return a line each
    List<String> skips() {
        var skips = new ArrayList<String>();
        int nodes = info.nodes().size();
        skips.add("more nodes than %s (@needs:%s-nodes): there %s%s".formatted(Counted.of(nodes, "node"), nodes + 1,
            nodes == 1 ? "is one" : "are no more", info.unused().isEmpty() ? "" : " (" + String.join("; ", info.unused()) + ")"));
        var lacking = Stream.of(Family.values()).filter(f -> !info.families().contains(f)).toList();
        if (!lacking.isEmpty())
            skips.add("%s (@ipv6, @dual-stack): the cluster's pods have %s alone".formatted(words(lacking), words(info.families())));
        skips.add(
            "SCTP (@needs:sctp) where the kernel of a node has none, which is asked when a scenario needs it: `modprobe sctp` on the node loads it");
        skips.add(settings.externals().isEmpty()
            ? "external hosts: --external HOST=ADDRESS says where one is, HOST=self has this machine stand for it"
            : "external hosts other than %s: --external HOST=ADDRESS says where one is, HOST=self has this machine stand for it".formatted(
                String.join(", ", new TreeSet<>(settings.externals().keySet()))));
        if (!settings.allowDisruptive())
            skips.add("disruptions of the network plugin, of DNS and of the API: --allow-disruptive allows them");
        skips.add(
            "disruptions of nodes and links, and ports of nodes (hostPort): there is no hold of the nodes; --cluster embedded has them");
        skips.add("@established:…: what becomes of connections that stand is not known; ./lockdown fingerprint measures it");
        pendingBalancers.ifPresent(why -> skips.add("load balancers: " + BalancerAddresses.refusal(why)));
        if (!deniedSlices.isEmpty())
            skips.add(
                "endpoints that are written by hand: the user may not %s endpointslices; a rule of the ClusterRole allows it".formatted(
                    String.join(", ", deniedSlices)));
        return skips.stream().map("skipped here: "::concat).toList();
    }

    private static String words(List<Family> families) {
        return families.stream().map(Object::toString).collect(Collectors.joining(" and "));
    }
}
