package dev.lockdown.spec;

import dev.lockdown.cluster.HarnessNamespaces;
import dev.lockdown.disruption.ClusterDisruption;
import dev.lockdown.disruption.Disruption;
import dev.lockdown.disruption.ObjectDisruption;
import dev.lockdown.flow.Endpoint;
import dev.lockdown.flow.NamespacedName;
import dev.lockdown.manifest.Manifests;
import dev.lockdown.spec.words.Peer;
import dev.lockdown.state.Change;
import dev.lockdown.state.Direction;
import dev.lockdown.state.InputException;
import dev.lockdown.state.LabelSelector;
import dev.lockdown.state.Namespace;
import dev.lockdown.state.NetworkPolicy;
import dev.lockdown.state.Pod;
import dev.lockdown.trial.OwnWords;
import dev.lockdown.trial.ScenarioTrial;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/// Finds whom a disruption strikes: a name that matches nothing fails and lists what exists.
final class DisruptionTargets {
    private static final Map<String, EnumSet<Direction>> DENIALS = Map.of("deny-all", EnumSet.allOf(Direction.class),
        "deny-all-ingress", EnumSet.of(Direction.INGRESS), "deny-all-egress", EnumSet.of(Direction.EGRESS));

    private static final Pattern AGENT = Pattern.compile("(?m)^kind:[ \\t]*[\"']?DaemonSet\\b");

    private static final Pattern CNI_VERSION = Pattern.compile("(?<cni>[A-Za-z0-9][A-Za-z0-9-]*)@v?(?<version>[0-9][A-Za-z0-9.+-]*)");

    private final ScenarioContext context;
    private final ScenarioTrial trial;

    DisruptionTargets(ScenarioContext context) {
        this.context = context;
        trial = context.trial();
    }

    String namespace(String name) {
        OwnWords.refuse(new Change.DeleteNamespace(name));
        if (!trial.state().namespaces().containsKey(name)) throw Resolver.missing("namespace", name, trial.state().namespaces().keySet());
        return name;
    }

    String namespaceWithPods(String name) {
        namespace(name);
        if (!namespaces().contains(name)) throw InputException.missing("namespace", name, "namespace \"%s\" has no pod".formatted(name));
        return name;
    }

    /// Those that have pods of the scenario.
    List<String> namespaces() {
        var namespaces = new TreeSet<String>();
        for (var pod : trial.pods()) if (!HarnessNamespaces.contains(pod.namespace())) namespaces.add(pod.namespace());
        if (namespaces.isEmpty()) throw new InputException("no namespace has a pod");
        return List.copyOf(namespaces);
    }

    String node(String name) {
        if (!trial.state().nodes().containsKey(name)) throw Resolver.missing("node", name, trial.state().nodes().keySet());
        return name;
    }

    Pod pod(Peer peer) {
        return new Resolver(trial).pod(name(peer));
    }

    private static NamespacedName name(Peer peer) {
        if (peer instanceof Peer.One(Endpoint.Pod(var name))) return name;
        throw new InputException("name one pod, as in \"shop/web\"");
    }

    /// A pod that has a link of its own.
    NamespacedName linked(Peer peer) {
        var pod = pod(peer);
        if (pod.hostNetwork()) throw new InputException("%s uses its node's network and has no link of its own".formatted(pod.name()));
        return pod.name();
    }

    Disruption lossy(Peer peer, int percent, Duration lasting) {
        return fitting(() -> new ClusterDisruption.LinkLossy(linked(peer), percent, lasting));
    }

    Disruption relabelled(Peer peer, Map<String, String> labels, Duration lasting) {
        var pod = pod(peer);
        OwnWords.refuse(new Change.RelabelPod(pod.name(), labels));
        requireOthers(pod.name().toString(), pod.labels(), labels);
        return new ObjectDisruption.PodRelabelled(pod.name(), labels, lasting);
    }

    Disruption relabelled(String namespace, Map<String, String> labels, Duration lasting) {
        var there = Objects.requireNonNull(trial.state().namespaces().get(namespace(namespace)));
        OwnWords.refuse(new Change.RelabelNamespace(namespace, labels));
        var full = new TreeMap<>(labels);
        full.put(Namespace.NAME_LABEL, namespace);
        requireOthers("namespace " + namespace, there.labels(), full);
        return new ObjectDisruption.NamespaceRelabelled(namespace, labels, lasting);
    }

    private static void requireOthers(String whose, Map<String, String> labels, Map<String, String> given) {
        if (labels.equals(given)) throw new InputException("%s has these labels already, so nothing would happen".formatted(whose));
    }

    Disruption churn(String namespace, int perMinute, Duration lasting) {
        return fitting(() -> new ObjectDisruption.PodsChurn(namespaceWithPods(namespace), perMinute, lasting));
    }

    private static Disruption fitting(Supplier<Disruption> made) {
        try {
            return made.get();
        } catch (IllegalArgumentException e) {
            throw new InputException(String.valueOf(e.getMessage()));
        }
    }

    Disruption policy(String namespace, String policy, Duration lasting) {
        var name = new NamespacedName(namespace(namespace), policy);
        if (trial.state().policies().containsKey(name)) return new ObjectDisruption.PolicyRecreated(name, lasting);
        var denied = DENIALS.get(policy);
        if (denied == null)
            throw InputException.missing("policy", policy, "%s, and it is none of deny-all, deny-all-ingress and deny-all-egress".formatted(
                Resolver.missing("policy", name.toString(), trial.state().policies().keySet()).getMessage()));
        return new ObjectDisruption.PoliciesComeAndGo(
            List.of(new NetworkPolicy(name, LabelSelector.EVERYTHING, denied, List.of(), List.of())), lasting);
    }

    Disruption existing(String namespace, String policy, Duration away) {
        var name = new NamespacedName(namespace(namespace), policy);
        if (!trial.state().policies().containsKey(name))
            throw Resolver.missing("policy", name.toString(), trial.state().policies().keySet());
        return new ObjectDisruption.PolicyRecreated(name, away);
    }

    Disruption policiesOf(String file, String namespace, Duration lasting) {
        namespace(namespace);
        var policies = Reviewed.of(Manifests.read(SetupSteps.path(file), namespace)).changes().stream()
            .filter(Change.ApplyPolicy.class::isInstance).map(c -> ((Change.ApplyPolicy) c).policy()).toList();
        if (policies.isEmpty()) throw new InputException("\"%s\" holds no policy".formatted(file));
        for (var policy : policies) {
            namespace(policy.name().namespace());
            if (trial.state().policies().containsKey(policy.name()))
                throw new InputException("policy %s is there already, so it cannot come and go".formatted(policy.name()));
        }
        return new ObjectDisruption.PoliciesComeAndGo(policies, lasting);
    }

    Disruption cni(String file, Duration lasting) {
        var path = SetupSteps.path(file);
        try {
            var manifests = Files.readString(path);
            if (!AGENT.matcher(manifests).find())
                throw InputException.about(file,
                    "\"%s\" holds no DaemonSet, which is how a network plugin runs on every node".formatted(file));
            return new ClusterDisruption.CniChanged(file, manifests, lasting);
        } catch (IOException e) {
            throw InputException.about(file, "\"%s\" cannot be read: %s".formatted(file, e.getMessage()));
        }
    }

    /// @param reference `calico@3.32.1`
    Disruption cniVersion(String reference, Duration lasting) {
        var parts = CNI_VERSION.matcher(reference);
        if (!parts.matches())
            throw InputException.about(reference,
                "\"%s\" names no version of a CNI; expected CNI@VERSION, such as calico@3.32.1%s".formatted(
                    reference,
                    reference.contains("/") ? "; of a file: the CNI is changed to the manifests of \"%s\"".formatted(reference) : ""));
        var cni = parts.group("cni");
        var version = parts.group("version");
        var known = context.cniNames();
        if (!known.isUnknown()) {
            var versions = known.versions().get(cni);
            var versioned = known.versions().entrySet().stream().filter(e -> !e.getValue().isEmpty()).map(Map.Entry::getKey).sorted()
                .toList();
            if (versions == null) throw Resolver.missing("CNI", cni, versioned);
            if (versions.isEmpty())
                throw InputException.about(cni,
                    "%s has no versions to choose by @; those that have: %s".formatted(cni, String.join(", ", versioned)));
            if (!versions.contains(version))
                throw InputException.missing("version of " + cni, version,
                    "there is no version \"%s\" of %s; there are: %s".formatted(version, cni, String.join(", ", versions)));
        }
        return new ClusterDisruption.CniVersionChanged(cni, version, lasting);
    }

    Disruption address(Peer from, Peer to, Duration lasting) {
        return new ObjectDisruption.AddressGiven(pod(from).name(), context.cast().later(name(to)), lasting);
    }
}
