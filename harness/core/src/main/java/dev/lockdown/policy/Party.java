package dev.lockdown.policy;

import dev.lockdown.state.Pod;
import java.util.Map;

/// One end of a flow as policies see it.
sealed interface Party {

    /// The name of the end, for people.
    String label();

    Place place();

    /// The node whose address this end has or would have, or empty where there is none or nobody knows.
    String node();

    /// Whether packets of this end carry a node's address.
    boolean onNodeAddress();

    /// A pod.
    ///
    /// @param index its number in the census
    record Member(int index, Pod pod, Map<String, String> namespaceLabels, String node, Place place) implements Party {
        @Override
        public String label() {
            return pod.name().toString();
        }

        @Override
        public boolean onNodeAddress() {
            return pod.hostNetwork();
        }

        String namespace() {
            return pod.name().namespace();
        }

        boolean is(Party other) {
            return other instanceof Member m && m.index == index;
        }
    }

    /// A node, a machine outside, an API server or a Service's virtual address: known by address alone.
    record Machine(String label, Place place, String node) implements Party {
        @Override
        public boolean onNodeAddress() {
            return !node.isEmpty();
        }
    }
}
