package dev.lockdown.cluster;

/// Gives the manifests of network plugins' versions, by their names.
public interface CniReleases {
    /// Where nobody knows any.
    CniReleases NONE = (cni, version, _) -> {
        throw new UnsupportedException("nobody knows the manifests of %s %s here".formatted(cni, version));
    };

    /// @throws UnsupportedException if they cannot be had, saying why
    String manifests(String cni, String version, boolean dualStack);
}
