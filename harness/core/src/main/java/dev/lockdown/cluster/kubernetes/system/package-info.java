/// What a cluster runs of its own: its DNS servers, the pods of its network plugin and the plugin's manifests, programs in those pods, and the
/// way to its API.
///
/// Enter at [CniAgent], [PluginDiscovery] or [DnsPods]. Knows objects of the API, and nothing of a run.
@NullMarked
package dev.lockdown.cluster.kubernetes.system;

import org.jspecify.annotations.NullMarked;
