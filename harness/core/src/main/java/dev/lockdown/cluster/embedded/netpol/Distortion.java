package dev.lockdown.cluster.embedded.netpol;

import java.util.Collection;

/// What may be bent of a firewall, so that it misbehaves on purpose. The firewall asks it at two places and knows nothing of what it
/// does there.
public interface Distortion {
    /// Bends nothing.
    Distortion NONE = new Distortion() {
        @Override
        public View view(View truth) {
            return truth;
        }

        @Override
        public Hooks hooks(Hooks right, String node, View view, Collection<String> nodes) {
            return right;
        }
    };

    /// Give what the firewall believes, where this is the truth.
    View view(View truth);

    /// Give the base chains of a node, where these are the right ones.
    ///
    /// @param nodes all nodes of the cluster
    Hooks hooks(Hooks right, String node, View view, Collection<String> nodes);
}
