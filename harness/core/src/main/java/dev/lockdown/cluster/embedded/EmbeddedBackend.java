package dev.lockdown.cluster.embedded;

import dev.lockdown.cluster.Backend;
import dev.lockdown.cluster.Established;
import dev.lockdown.cluster.Needs;
import dev.lockdown.cluster.embedded.api.ClusterTls;
import dev.lockdown.cluster.embedded.defect.Defect;
import dev.lockdown.cluster.embedded.defect.Defects;
import dev.lockdown.cluster.embedded.netpol.Denial;
import dev.lockdown.state.NetworkPlugin;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Makes clusters of network namespaces, each its own.
///
/// ```java
/// try (var backend = EmbeddedBackend.sound(InstantSource.system()); var cluster = backend.start(Needs.DEFAULT)) { … }
/// ```
public final class EmbeddedBackend implements Backend {
    private final InstantSource clock;
    private final Set<Defect> defects;
    private final int threads;
    private final Denial denial;
    private final @Nullable Established usual;
    private @Nullable ClusterTls tls; // guarded by this

    private EmbeddedBackend(InstantSource clock, Set<Defect> defects, int threads, Denial denial,
            @Nullable Established usual) {
        this.clock = clock;
        this.defects = Set.copyOf(defects);
        this.threads = threads;
        this.denial = denial;
        this.usual = usual;
    }

    /// Make clusters that enforce policies as they should.
    public static EmbeddedBackend sound(InstantSource clock) {
        return new EmbeddedBackend(clock, Set.of(), 1, Denial.DROP, null);
    }

    /// Make clusters whose data plane misbehaves.
    ///
    /// @param defects names such as `ignores-egress`; see [#defectNames]
    /// @throws IllegalArgumentException for an unknown name, listing those known
    public static EmbeddedBackend defective(InstantSource clock, Collection<String> defects) {
        return new EmbeddedBackend(clock, Set.copyOf(defects.stream().map(Defect::named).toList()), 1, Denial.DROP, null);
    }

    /// The same clusters, with packets refused (a reset, or ICMP) where they would have been dropped.
    public EmbeddedBackend rejecting() {
        return new EmbeddedBackend(clock, defects, threads, Denial.REJECT, usual);
    }

    /// The same clusters, with this become of connections that a policy denies where nobody asks for something else.
    ///
    /// @param established null for the usual
    public EmbeddedBackend establishing(@Nullable Established established) {
        return new EmbeddedBackend(clock, defects, threads, denial, established);
    }

    /// The same clusters, each making its dials on so many threads.
    public EmbeddedBackend dialling(int onThreads) {
        return new EmbeddedBackend(clock, defects, onThreads, denial, usual);
    }

    public static List<String> defectNames() {
        return Arrays.stream(Defect.values()).map(Defect::toString).toList();
    }

    @Override
    public EmbeddedCluster start(Needs needs) {
        return EmbeddedCluster.start(new Assembly.Plan(completed(needs), threads, defects, denial, tls(), clock));
    }

    private Needs completed(Needs needs) {
        return needs.established() != null || usual == null ? needs : new Needs(needs.nodes(), needs.families(), usual);
    }

    /// Made once, for all clusters: it costs more than a cluster does.
    private synchronized ClusterTls tls() {
        var made = tls;
        if (made == null) tls = made = ClusterTls.make(ClusterTls.NAMES, List.of("10.43.0.1", "fd43::1", "172.18.0.10", "fd18::10"));
        return made;
    }

    @Override
    public List<NetworkPlugin> networkPlugins() {
        return Defects.played(defects);
    }

    @Override
    public boolean isolatesScenarios() {
        return true;
    }

    @Override
    public void close() {}
}
