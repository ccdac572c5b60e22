package dev.lockdown.suite;

import dev.lockdown.cluster.Backend;
import dev.lockdown.cluster.embedded.EmbeddedBackend;
import dev.lockdown.cluster.kubernetes.Access;
import dev.lockdown.cluster.kubernetes.KubernetesBackend;
import dev.lockdown.cluster.kubernetes.Settings;
import dev.lockdown.state.InputException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.UUID;

/// The cluster of a suite, as the property `lockdown.cluster` says it in the words of `--cluster`.
///
/// @param words `embedded`, or `kubeconfig[:CONTEXT]`
record SuiteCluster(String words) {
    private static final String KUBECONFIG = "kubeconfig";

    /// @param property its value, or an empty text
    /// @param environment in which `LOCKDOWN_CLUSTER` says it too
    static SuiteCluster of(String property, Map<String, String> environment) {
        return new SuiteCluster(property.isEmpty() ? environment.getOrDefault("LOCKDOWN_CLUSTER", "embedded") : property);
    }

    /// @throws InputException if there is no such cluster, or a suite cannot start it
    Backend backend(Path reports, Map<String, String> environment, InstantSource clock) {
        if (words.equals("embedded")) return EmbeddedBackend.sound(clock);
        if (words.equals(KUBECONFIG) || words.startsWith(KUBECONFIG + ":")) {
            var context = words.length() > KUBECONFIG.length() + 1 ? words.substring(KUBECONFIG.length() + 1) : null;
            var run = UUID.randomUUID().toString();
            return KubernetesBackend.join(Access.find(null, context, environment),
                new Settings(run, Settings.AGENT_IMAGE, Map.of(), Map.of(),
                    false, false, false, false, reports.resolve(".clusters").resolve(run)),
                clock);
        }
        throw new InputException(words.equals("k3s") || words.startsWith("k3s:")
            ? "lockdown.cluster=%s: a suite does not start k3s; use ./lockdown run --cluster %s, or lockdown.cluster=kubeconfig".formatted(
                words,
                words)
            : "lockdown.cluster: \"%s\" is no cluster; expected embedded or kubeconfig[:CONTEXT]".formatted(words));
    }
}
