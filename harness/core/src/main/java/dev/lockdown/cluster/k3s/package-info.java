/// k3s in containers, with the CNI and the version that were asked for.
///
/// Enter at [K3sBackend]: it brings the cluster up, phase by phase, and hands its kubeconfig to whoever runs scenarios on a
/// Kubernetes cluster ([Joining]). [CniCatalog] reads fixtures/cnis; [K3sDefinition] is what the containers are, as plain data;
/// [Engine] is all that is asked of Docker, and Testcontainers does it. [CatalogReleases] renders the manifests of a CNI's other
/// versions. Depends on cluster and manifest.
@NullMarked
package dev.lockdown.cluster.k3s;

import org.jspecify.annotations.NullMarked;
