package dev.lockdown.verdict;

import dev.lockdown.state.NetworkPlugin;
import dev.lockdown.state.PluginVersion;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The known defects of network plugins that a verdict can show: the catalogue. What the evidence of each must look like is said by
/// `verdict.known`, which plays the defect on the oracle.
///
/// Whoever adds one: versions that were seen, by somebody who can be read, and a reference that leads there.
public enum KnownDefect {
    /// `pkg/controllers/netpol/policy.go`: ports of an egress rule without `to` are looked up among the pods of the policy's namespace.
    KUBE_ROUTER_NAMED_EGRESS_PORT("kube-router", measured("1.2.0", "2.6.3"),
        "a named port in an egress rule without `to` means the numbers that pods of the policy's own namespace give it",
        "https://github.com/cloudnativelabs/kube-router/pull/1037"),
    /// `pkg/controllers/netpol/pod.go`: the chain of a policy of both types is entered whatever the direction, and its rules for egress
    /// match what comes from one of its pods to another.
    KUBE_ROUTER_RULES_BOTH_WAYS("kube-router", measured("1.6.0", "2.6.3"),
        "between the pods that a policy of both types selects, its egress rules admit ingress, and its ingress rules egress",
        "measured by Lockdown on kube-router 2.6.3, 2026-11-29: features/both-sides.feature; setupPodNetpolRules in "
            + "https://github.com/cloudnativelabs/kube-router/blob/v2.6.3/pkg/controllers/netpol/pod.go"),
    /// `pkg/controllers/netpol/policy.go`, `grabNamedPortFromPod`: all ports of a pod share one set of addresses, to which those of other
    /// pods with such a port are added.
    KUBE_ROUTER_SHARED_CONTAINER_PORT("kube-router", measured("2.0.0", "2.6.3"),
        "pods that declare a container port alike get each other's named ports",
        "measured by Lockdown on kube-router 2.6.3, 2026-11-28: features/conformance/named-ports.feature; grabNamedPortFromPod in "
            + "https://github.com/cloudnativelabs/kube-router/blob/v2.6.3/pkg/controllers/netpol/policy.go"),
    /// `pkg/controllers/netpol`: the sets of IPv6 addresses miss what changed after they were made.
    KUBE_ROUTER_IPV6_SETS("kube-router", fixed("2.6.1", "2.6.2"),
        "sets of IPv6 addresses are not kept up to date, so that peers are missing",
        "https://github.com/cloudnativelabs/kube-router/issues/1927"),
    /// Before ranges of ports were known there.
    CILIUM_END_PORT("cilium", fixed("1.0.0", "1.15.0"), "endPort is ignored, so that a range of ports is its first one",
        "https://github.com/cilium/cilium/issues/28684"),
    /// A name that has two numbers was taken for one that has none.
    CILIUM_NAMED_EGRESS_PORT("cilium", fixed("1.9.0", "1.20.0"),
        "a named port in an egress rule is left out where pods of the cluster give it several numbers",
        "https://github.com/cilium/cilium/issues/30003");

    private final String plugin;
    private final Versions versions;
    private final String sentence;
    private final String reference;

    KnownDefect(String plugin, Versions versions, String sentence, String reference) {
        this.plugin = plugin;
        this.versions = versions;
        this.sentence = sentence;
        this.reference = reference;
    }

    /// Which versions have a defect. Older ones than the first are not known to have it.
    public sealed interface Versions {
        PluginVersion since();

        /// Nobody is known to have mended it.
        ///
        /// @param upTo the last version that was looked at
        record Measured(PluginVersion since, PluginVersion upTo) implements Versions {}

        /// @param in the first version without it
        record Fixed(PluginVersion since, PluginVersion in) implements Versions {}
    }

    private static Versions measured(String since, String upTo) {
        return new Versions.Measured(version(since), version(upTo));
    }

    private static Versions fixed(String since, String in) {
        return new Versions.Fixed(version(since), version(in));
    }

    private static PluginVersion version(String text) {
        return Objects.requireNonNull(PluginVersion.of(text), text);
    }

    /// The plugin's name, as in [NetworkPlugin#name].
    public String plugin() {
        return plugin;
    }

    public Versions versions() {
        return versions;
    }

    /// What it does, as a clause for people.
    public String sentence() {
        return sentence;
    }

    /// Where it can be read.
    public String reference() {
        return reference;
    }

    /// Whether a plugin may have it. One of unknown version may, where nobody has mended the defect.
    public boolean mayBeIn(NetworkPlugin other) {
        return other.name().equals(plugin) && switch (versions) {
            case Versions.Measured(var since, _) -> other.version() == null || other.version().compareTo(since) >= 0;
            case Versions.Fixed(var since, var in) ->
                other.version() != null && other.version().compareTo(since) >= 0 && other.version().compareTo(in) < 0;
        };
    }

    /// Whether a version is known to have it, not only an earlier one.
    public boolean isKnownIn(@Nullable PluginVersion version) {
        return version != null && version.compareTo(versions.since()) >= 0 && switch (versions) {
            case Versions.Measured(_, var upTo) -> version.compareTo(upTo) <= 0;
            case Versions.Fixed(_, var in) -> version.compareTo(in) < 0;
        };
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
