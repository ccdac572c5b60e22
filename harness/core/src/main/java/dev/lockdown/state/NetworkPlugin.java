package dev.lockdown.state;

import org.jspecify.annotations.Nullable;

/// A network plugin of a cluster, as far as it can be told. A cluster may have several, or two versions of one while it is upgraded.
///
/// @param name in the project's own spelling: `kube-router`, `calico`, `cilium`; `embedded` is the data plane in this process
/// @param version null where nothing says it
/// @param toldBy from what it is known: an image, the version of a distribution that contains it, a seeded defect that plays it
public record NetworkPlugin(String name, @Nullable PluginVersion version, String toldBy) {

    @Override
    public String toString() {
        return version == null ? name : name + " " + version;
    }
}
