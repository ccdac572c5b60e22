package dev.lockdown.cluster.kubernetes;

import dev.lockdown.cluster.DisruptionGuard;
import dev.lockdown.cluster.UnsupportedException;
import dev.lockdown.cluster.kubernetes.nodes.ApiCuts;
import dev.lockdown.cluster.kubernetes.nodes.RebootedNode;
import dev.lockdown.cluster.kubernetes.system.CniAgent;
import dev.lockdown.cluster.kubernetes.system.CniManifests;
import dev.lockdown.cluster.kubernetes.system.DnsPods;
import dev.lockdown.disruption.ClusterDisruption;
import dev.lockdown.disruption.Disruption;
import dev.lockdown.disruption.ObjectDisruption;
import dev.lockdown.disruption.Unattended;
import dev.lockdown.flow.NamespacedName;
import dev.lockdown.state.Change;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What can be done on purpose to a cluster of which there is nothing but its API.
///
/// @param live what is watched and held meanwhile
/// @param relocated is told when pods have other addresses or agents
record KubernetesDisruptions(ClusterRun run, LiveFlows live, Runnable relocated) {
    /// Pods of a DaemonSet and of a Deployment, until they run again.
    private static final Duration COMING_BACK = Duration.ofSeconds(120);

    /// Why it cannot be done, as far as its kind and the options tell.
    static Optional<String> refusal(Disruption disruption, Settings settings) {
        return switch (disruption) {
            case ObjectDisruption.AddressGiven _ ->
                Optional.of("which address a pod gets is chosen by the cluster's network plugin: " + disruption.words());
            case ObjectDisruption.NamespaceRecreated(var namespace, _) when settings.namespaces().containsKey(namespace) ->
                Optional.of("the namespace \"%s\" was there before Lockdown, which does not delete it".formatted(namespace));
            case ClusterDisruption.NodeCutOff _, ClusterDisruption.LinkDown _, ClusterDisruption.LinkLossy _ ->
                Optional.of("a kubeconfig gives no hold of the nodes themselves: " + disruption.words());
            case ClusterDisruption.EnforcementPaused _, ClusterDisruption.EnforcementRestarted _, ClusterDisruption.RulesForgotten _ ->
                Optional.of("a network plugin cannot be told to; `the CNI agent on every node restarts` can be had: " + disruption.words());
            case ObjectDisruption _, ClusterDisruption.PodRecreated _ -> Optional.empty();
            case ClusterDisruption _ when !settings.allowDisruptive() ->
                Optional.of("it could hurt others on this cluster; --allow-disruptive allows it: " + disruption.words());
            case ClusterDisruption _ -> Optional.empty();
        };
    }

    /// @throws UnsupportedException if it cannot, saying why
    void requirePossible(Disruption disruption) {
        refusal(disruption, run.settings()).ifPresent(why -> {
            throw new UnsupportedException(why);
        });
        switch (disruption) {
            case ClusterDisruption.CniAgentKilled(var node) -> new CniAgent(run.client(), run.info().named(node)).requireThere();
            case ClusterDisruption.CniChanged(_, var manifests, _) -> new CniManifests(run.client(), manifests).requireThere();
            case ClusterDisruption.CniVersionChanged version -> requirePossible(resolved(version));
            case ClusterDisruption.NodeRestarted(var node) -> run.maintenance().nodes().refusal(run.info().named(node)).ifPresent(why -> {
                throw new UnsupportedException("%s: %s".formatted(why, disruption.words()));
            });
            case ClusterDisruption.DnsAway _ -> new DnsPods(run.client()).requireThere();
            case ClusterDisruption.ApiCut(var node, _) -> run.apiCuts().requirePossible(List.of(run.info().named(node)));
            case ClusterDisruption.ApiAway _ -> run.apiCuts().requirePossible(run.apiCuts().everyNode());
            case ObjectDisruption _, ClusterDisruption.PodRecreated _, ClusterDisruption.NodeCutOff _, ClusterDisruption.LinkDown _, ClusterDisruption.LinkLossy _, ClusterDisruption.EnforcementPaused _, ClusterDisruption.EnforcementRestarted _, ClusterDisruption.RulesForgotten _ ->
                {
                }
        }
    }

    /// What becomes of one when the harness is killed: pods that their maker brings back do not need it.
    private static Unattended unattended(ClusterDisruption disruption) {
        return switch (disruption) {
            case ClusterDisruption.CniAgentKilled _, ClusterDisruption.DnsAway _ -> Unattended.ends(COMING_BACK);
            case ClusterDisruption.ApiCut _, ClusterDisruption.ApiAway _ -> Unattended.ends(disruption.lasting().plus(ApiCuts.GRACE));
            // Whoever restarts it was told to start it again.
            case ClusterDisruption.NodeRestarted _ -> Unattended.ends(RebootedNode.BACK);
            case ClusterDisruption.PodRecreated _, ClusterDisruption.CniChanged _, ClusterDisruption.CniVersionChanged _, ClusterDisruption.NodeCutOff _, ClusterDisruption.LinkDown _, ClusterDisruption.LinkLossy _, ClusterDisruption.EnforcementPaused _, ClusterDisruption.EnforcementRestarted _, ClusterDisruption.RulesForgotten _ ->
                Unattended.STAYS;
        };
    }

    /// Keep how a disruption is taken back.
    DisruptionGuard guard(Disruption disruption, List<Change> healing) {
        return switch (disruption) {
            case ObjectDisruption object -> run.guards().guard(object, healing);
            case ClusterDisruption.CniChanged(_, var manifests, var lasting) ->
                run.guards().guard(disruption.words(), lasting, new CniManifests(run.client(), manifests).former());
            case ClusterDisruption.CniVersionChanged version -> guard(resolved(version), healing);
            case ClusterDisruption own -> DisruptionGuard.keepingNothing(unattended(own));
        };
    }

    /// The same change with the manifests of that version.
    ///
    /// @throws UnsupportedException if they cannot be had, saying why
    private ClusterDisruption.CniChanged resolved(ClusterDisruption.CniVersionChanged change) {
        return change.with(run.maintenance().releases().manifests(change.cni(), change.version(), run.info().families().size() > 1));
    }

    Disruption.Ongoing begin(ClusterDisruption disruption) {
        requirePossible(disruption);
        return switch (disruption) {
            case ClusterDisruption.CniAgentKilled(var node) -> new CniAgent(run.client(), run.info().named(node)).kill();
            case ClusterDisruption.CniChanged(_, var manifests, _) ->
                new CniManifests(run.client(), manifests).change(run.guards().records());
            case ClusterDisruption.CniVersionChanged version ->
                new CniManifests(run.client(), resolved(version).manifests()).change(run.guards().records());
            case ClusterDisruption.NodeRestarted(var node) -> restart(node);
            case ClusterDisruption.PodRecreated(var pod) -> recreate(pod);
            case ClusterDisruption.DnsAway(var lasting) -> new DnsPods(run.client()).away(lasting);
            case ClusterDisruption.ApiCut(var node, var lasting) -> run.apiCuts().begin(List.of(run.info().named(node)), lasting);
            case ClusterDisruption.ApiAway(var lasting) -> run.apiCuts().begin(run.apiCuts().everyNode(), lasting);
            case ClusterDisruption.NodeCutOff _, ClusterDisruption.LinkDown _, ClusterDisruption.LinkLossy _, ClusterDisruption.EnforcementPaused _, ClusterDisruption.EnforcementRestarted _, ClusterDisruption.RulesForgotten _ ->
                throw new IllegalStateException("not possible here: " + disruption.words());
        };
    }

    private Disruption.Ongoing recreate(NamespacedName pod) {
        live.leaving(List.of(pod));
        run.pods().recreate(pod);
        relocated.run();
        return () -> {};
    }

    private Disruption.Ongoing restart(String node) {
        var name = run.info().named(node);
        var before = RebootedNode.before(run.client(), name, run.deadlines().pause());
        live.leaving(run.pods().on(node));
        run.maintenance().nodes().restart(name);
        return () -> {
            before.awaitReturn();
            run.pods().rejoin(node);
            relocated.run();
        };
    }
}
