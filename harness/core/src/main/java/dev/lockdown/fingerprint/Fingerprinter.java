package dev.lockdown.fingerprint;

import dev.lockdown.cluster.Backend;
import dev.lockdown.cluster.ClusterException;
import dev.lockdown.cluster.Needs;
import dev.lockdown.cluster.UnsupportedException;
import dev.lockdown.flow.Protocol;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// Takes the fingerprint of a cluster: pods, policies, probes, samples and held connections in a namespace of its own.
///
/// ```java
/// var fingerprint = new Fingerprinter(backend, Needs.DEFAULT, clock, System.err::println).take("embedded");
/// System.out.print(fingerprint.markdown());
/// ```
public final class Fingerprinter {
    private final Backend backend;
    private final Needs needs;
    private final InstantSource clock;
    private final Consumer<String> progress;

    /// @param progress hears what is measured next
    public Fingerprinter(Backend backend, Needs needs, InstantSource clock, Consumer<String> progress) {
        this.backend = backend;
        this.needs = needs;
        this.clock = clock;
        this.progress = progress;
    }

    /// @param cluster in words
    /// @throws dev.lockdown.cluster.ClusterException if the cluster does not answer
    /// @throws dev.lockdown.trial.UntrustedClusterException if it does not enforce policies
    public Fingerprint take(String cluster) {
        var at = clock.instant();
        var traits = new ArrayList<Trait>();
        progress.accept("how denials look, and who is exempt");
        try (var stage = stage()) {
            traits.addAll(new Denials(stage).measure());
            boolean sctp = stage.trial().capabilities().protocols().contains(Protocol.SCTP);
            traits.add(Trait.unmeasured("sctp", "SCTP", sctp ? "no pod is set up that serves it" : "this kernel has none"));
        }
        progress.accept("what becomes of established connections");
        traits.addAll(new Fates(this::stage).measure());
        progress.accept("how long changes take");
        traits.addAll(new Times(this::stage).measure());
        progress.accept("what pods on their nodes' network are to policies");
        traits.addAll(hostPeers());
        progress.accept("what the network plugin's agent leaves open while it comes back");
        traits.addAll(new AgentGap(this::stage).measure());
        return new Fingerprint(cluster, at, List.copyOf(traits));
    }

    private List<Trait> hostPeers() {
        try (var stage = stage()) {
            return new HostPeers(stage).measure();
        } catch (UnsupportedException | ClusterException e) {
            return List.of(Trait.unmeasured("host-network-source", "from a pod on another node's network, without any policy",
                String.valueOf(e.getMessage())));
        }
    }

    private Stage stage() {
        return new Stage(backend, needs, clock);
    }
}
