/// What a cluster runs of its own: its DNS servers, the pods of its network plugin and the plugin's manifests, and programs in those pods.
///
/// Enter at [CniAgent], [PluginDiscovery] or [DnsPods]. Knows objects of the API, and nothing of a run.
@NullMarked
package dev.lockdown.cluster.kubernetes.system;

import org.jspecify.annotations.NullMarked;
