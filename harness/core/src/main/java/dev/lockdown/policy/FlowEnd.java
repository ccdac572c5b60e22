package dev.lockdown.policy;

import dev.lockdown.state.Pod;
import java.util.Map;

/// One end of a flow as policies see it.
sealed interface FlowEnd {

    /// The name of the end, for people.
    String label();

    EndAddresses addresses();

    /// The node whose address this end has or would have, or empty where there is none or nobody knows.
    String node();

    /// Whether packets of this end carry a node's address.
    boolean onNodeAddress();

    /// A pod.
    ///
    /// @param index its number in the index
    record Member(int index, Pod pod, Map<String, String> namespaceLabels, String node, EndAddresses addresses) implements FlowEnd {
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

        boolean is(FlowEnd other) {
            return other instanceof Member m && m.index == index;
        }
    }

    /// A node, a machine outside, an API server or a Service's virtual address: known by address alone.
    record Machine(String label, EndAddresses addresses, String node) implements FlowEnd {
        @Override
        public boolean onNodeAddress() {
            return !node.isEmpty();
        }
    }
}
