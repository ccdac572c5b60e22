package dev.lockdown.cli;

import dev.lockdown.cluster.Backend;
import dev.lockdown.cluster.CniNames;
import dev.lockdown.cluster.CniReleases;
import dev.lockdown.cluster.NodeRestarter;
import dev.lockdown.cluster.k3s.CatalogReleases;
import dev.lockdown.cluster.k3s.CniCatalog;
import dev.lockdown.cluster.kubernetes.Access;
import dev.lockdown.cluster.kubernetes.KubernetesBackend;
import dev.lockdown.cluster.kubernetes.nodes.Maintenance;
import dev.lockdown.cluster.kubernetes.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;

/// Makes the backend that the options choose. What it made is given back even if the process is interrupted.
final class Clusters {
    private final ProcessContext context;
    private final Map<String, String> environment;

    Clusters(ProcessContext context, Map<String, String> environment) {
        this.context = context;
        this.environment = environment;
    }

    /// @throws dev.lockdown.cluster.EnvironmentException if this machine or that cluster cannot
    Backend backend(ClusterOptions options) {
        return switch (options.choice()) {
            case ClusterChoice.Embedded _ -> options.embedded().backend(context.clock());
            case ClusterChoice.Kubeconfig(var kubeContext) -> {
                var backend = told(KubernetesBackend.join(Access.find(options.kubeconfig(), kubeContext, environment),
                    settings(options), maintenance(options, NodeRestarter.NONE), context.clock(), waits()));
                register(backend);
                yield backend;
            }
            case ClusterChoice.K3s k3s -> K3sUp.now(
                options.k3s().request(k3s, context.home(), options.agentImage(), options.keep()), context,
                (kubeconfig, _, nodes) -> told(KubernetesBackend.join(new Access.Text(kubeconfig), settings(options),
                    maintenance(options, nodes), context.clock(), waits())));
        };
    }

    /// The network plugins that features may name. Hardly any does, so they are read when one is asked for.
    static Supplier<CniNames> cniNames(Path home) {
        var catalog = home.resolve("fixtures/cnis");
        return () -> Files.isDirectory(catalog) ? CniCatalog.in(catalog).names() : CniNames.UNKNOWN;
    }

    private Maintenance maintenance(ClusterOptions options, NodeRestarter nodes) {
        var catalog = context.home().resolve("fixtures/cnis");
        if (!Files.isDirectory(catalog)) return new Maintenance(nodes, CniReleases.NONE);
        return new Maintenance(nodes, CatalogReleases.of(catalog, options.k3s().charts(),
            context.state().resolve("downloads"), context.err()::println));
    }

    /// Tells outside of scenarios what is waited for.
    WaitLines waits() {
        return new WaitLines(context.err()::println);
    }

    private KubernetesBackend told(KubernetesBackend joined) {
        joined.healed().forEach(d -> context.err().println("healed what an earlier run left disrupted: " + d));
        joined.removed().forEach(context.err()::println);
        return joined;
    }

    private void register(Backend backend) {
        try {
            context.cleanup().add(backend);
        } catch (IllegalStateException e) {
            // Interrupted while it was made.
            backend.close();
            throw e;
        }
    }

    /// How a new run behaves on a cluster.
    Settings settings(ClusterOptions options) {
        var run = UUID.randomUUID().toString();
        boolean ours = options.choice() instanceof ClusterChoice.K3s;
        return new Settings(run, options.agentImage(), options.namespaces(), options.externals(), options.acceptUnseen(),
            ours || options.allowDisruptive(), ours || options.allowNodePods(), options.keep(),
            ours && !options.k3s().reuse() && !options.keep(),
            context.state().resolve("clusters").resolve(run));
    }

    /// What a run says of its cluster: how it was chosen, and what it is.
    static String words(ClusterOptions options, Backend backend) {
        return backend.description().isEmpty() ? words(options) : words(options) + " · " + backend.description();
    }

    static String words(ClusterOptions options) {
        return switch (options.choice()) {
            case ClusterChoice.Embedded _ -> "embedded · 2 nodes";
            case ClusterChoice.K3s(var cni, var version) ->
                "k3s" + (cni == null ? "" : ":" + cni) + (version == null ? "" : "@" + version);
            case ClusterChoice.Kubeconfig(var context) -> "kubeconfig" + (context == null ? "" : ":" + context);
        };
    }
}
