package dev.lockdown.cluster.kubernetes;

import dev.lockdown.cluster.UnsupportedException;
import dev.lockdown.cluster.kubernetes.system.CniAgent;
import dev.lockdown.cluster.kubernetes.system.CniManifests;
import dev.lockdown.cluster.kubernetes.system.DnsPods;
import dev.lockdown.disruption.ClusterDisruption;
import dev.lockdown.disruption.Disruption;
import dev.lockdown.disruption.ObjectDisruption;
import dev.lockdown.disruption.Unattended;
import dev.lockdown.flow.NamespacedName;
import java.time.Duration;
import java.util.function.Function;

/// What can be done on purpose to a cluster of which there is nothing but its API.
record KubernetesDisruptions(ClusterRun run) {
    /// Pods of a DaemonSet and of a Deployment, until they run again.
    private static final Duration COMING_BACK = Duration.ofSeconds(120);

    /// @throws UnsupportedException if it cannot, saying why
    void requirePossible(Disruption disruption) {
        switch (disruption) {
            case ObjectDisruption.AddressGiven _ -> throw new UnsupportedException(
                "which address a pod gets is chosen by the cluster's network plugin: " + disruption.words());
            case ObjectDisruption object -> requireOwn(object);
            case ClusterDisruption.PodRecreated _ -> {}
            case ClusterDisruption.CniAgentKilled(var node) -> {
                requireAllowed(disruption);
                new CniAgent(run.client(), run.info().named(node)).requireThere();
            }
            case ClusterDisruption.CniChanged(_, var manifests, _) -> {
                requireAllowed(disruption);
                new CniManifests(run.client(), manifests).requireThere();
            }
            case ClusterDisruption.DnsAway _ -> {
                requireAllowed(disruption);
                new DnsPods(run.client()).requireThere();
            }
            case ClusterDisruption.NodeRestarted _, ClusterDisruption.ApiCut _, ClusterDisruption.NodeCutOff _, ClusterDisruption.LinkDown _, ClusterDisruption.LinkLossy _, ClusterDisruption.ApiAway _ ->
                throw new UnsupportedException("a kubeconfig gives no hold of the nodes themselves: " + disruption.words());
            case ClusterDisruption.EnforcementPaused _, ClusterDisruption.EnforcementRestarted _, ClusterDisruption.RulesForgotten _ ->
                throw new UnsupportedException(
                    "a network plugin cannot be told to; `the CNI agent on every node restarts` can be had: " + disruption.words());
        }
    }

    /// What becomes of one when the harness is killed: pods that their maker brings back do not need it.
    static Unattended unattended(ClusterDisruption disruption) {
        return switch (disruption) {
            case ClusterDisruption.CniAgentKilled _, ClusterDisruption.DnsAway _ -> Unattended.ends(COMING_BACK);
            case ClusterDisruption.PodRecreated _, ClusterDisruption.CniChanged _, ClusterDisruption.NodeRestarted _, ClusterDisruption.ApiCut _, ClusterDisruption.NodeCutOff _, ClusterDisruption.LinkDown _, ClusterDisruption.LinkLossy _, ClusterDisruption.ApiAway _, ClusterDisruption.EnforcementPaused _, ClusterDisruption.EnforcementRestarted _, ClusterDisruption.RulesForgotten _ ->
                Unattended.STAYS;
        };
    }

    private void requireAllowed(Disruption disruption) {
        if (!run.settings().allowDisruptive())
            throw new UnsupportedException(
                "it could hurt others on this cluster; --allow-disruptive allows it: " + disruption.words());
    }

    private void requireOwn(ObjectDisruption disruption) {
        if (disruption instanceof ObjectDisruption.NamespaceRecreated(var namespace, _)
            && run.settings().namespaces().containsKey(namespace))
            throw new UnsupportedException("the namespace \"%s\" was there before Lockdown, which does not delete it".formatted(namespace));
    }

    /// @param recreate makes a pod anew
    Disruption.Ongoing begin(ClusterDisruption disruption, Function<NamespacedName, Disruption.Ongoing> recreate) {
        requirePossible(disruption);
        return switch (disruption) {
            case ClusterDisruption.CniAgentKilled(var node) -> new CniAgent(run.client(), run.info().named(node)).kill();
            case ClusterDisruption.CniChanged(_, var manifests, _) ->
                new CniManifests(run.client(), manifests).change(run.guards().records());
            case ClusterDisruption.PodRecreated(var pod) -> recreate.apply(pod);
            case ClusterDisruption.DnsAway(var lasting) -> new DnsPods(run.client()).away(lasting);
            case ClusterDisruption.NodeRestarted _, ClusterDisruption.ApiCut _, ClusterDisruption.NodeCutOff _, ClusterDisruption.LinkDown _, ClusterDisruption.LinkLossy _, ClusterDisruption.ApiAway _, ClusterDisruption.EnforcementPaused _, ClusterDisruption.EnforcementRestarted _, ClusterDisruption.RulesForgotten _ ->
                throw new IllegalStateException("not possible here: " + disruption.words());
        };
    }
}
