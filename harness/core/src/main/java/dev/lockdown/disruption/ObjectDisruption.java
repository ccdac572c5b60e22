package dev.lockdown.disruption;

import dev.lockdown.flow.NamespacedName;
import dev.lockdown.state.NetworkPolicy;
import dev.lockdown.state.Pod;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// A disruption that is made of changes of the cluster's objects, and taken back by others: any cluster takes them. [ObjectEdits] says
/// which.
public sealed interface ObjectDisruption extends Disruption {

    /// Policies that are not there are applied together, and deleted.
    record PoliciesComeAndGo(List<NetworkPolicy> policies, Duration lasting) implements ObjectDisruption {
        public PoliciesComeAndGo {
            policies = List.copyOf(policies);
        }

        @Override
        public String words() {
            return Named.policies(policies.stream().map(NetworkPolicy::name).toList(), "come and go");
        }
    }

    /// A policy that is there is deleted, and made anew.
    record PolicyRecreated(NamespacedName policy, Duration lasting) implements ObjectDisruption {
        @Override
        public String words() {
            return "policy %s is gone".formatted(policy);
        }
    }

    /// Everything of namespaces is isolated in both directions, and freed again.
    ///
    /// @param half whether only a random half of them is
    record NamespacesLockedDown(List<String> namespaces, boolean half, Duration lasting) implements ObjectDisruption {
        public NamespacesLockedDown {
            namespaces = List.copyOf(namespaces);
        }

        @Override
        public String words() {
            return "%s%s locked down".formatted(half ? "a random half of " : "",
                namespaces.size() == 1 ? "namespace " + namespaces.getFirst() + " is" : Named.several("namespaces", namespaces) + " are");
        }
    }

    /// A random half of a namespace's pods is isolated in both directions, and freed again. Pods with the same labels share their fate,
    /// since a policy cannot tell them apart.
    record HalfLockedDown(String namespace, Duration lasting) implements ObjectDisruption {
        @Override
        public String words() {
            return "a random half of namespace %s is locked down".formatted(namespace);
        }
    }

    /// A pod has other labels for a while.
    record PodRelabelled(NamespacedName pod, Map<String, String> labels, Duration lasting) implements ObjectDisruption {
        public PodRelabelled {
            labels = Collections.unmodifiableMap(new TreeMap<>(labels));
        }

        @Override
        public String words() {
            return "%s is relabelled %s".formatted(pod, Named.labels(labels));
        }
    }

    /// A namespace has other labels for a while.
    record NamespaceRelabelled(String namespace, Map<String, String> labels, Duration lasting) implements ObjectDisruption {
        public NamespaceRelabelled {
            labels = Collections.unmodifiableMap(new TreeMap<>(labels));
        }

        @Override
        public String words() {
            return "namespace %s is relabelled %s".formatted(namespace, Named.labels(labels));
        }
    }

    /// A pod is deleted and made anew on its node.
    ///
    /// @param lasting how long it is away; zero for as short as can be
    record PodGone(NamespacedName pod, Duration lasting) implements ObjectDisruption {
        @Override
        public String words() {
            return "%s is gone".formatted(pod);
        }
    }

    /// Copies of a namespace's pods come and go, one after another.
    ///
    /// @param perMinute how many come
    record PodsChurn(String namespace, int perMinute, Duration lasting) implements ObjectDisruption {
        /// More than these no cluster starts.
        public static final int MOST = 6000;

        public PodsChurn {
            if (perMinute < 1 || perMinute > MOST)
                throw new IllegalArgumentException("from 1 to %s pods a minute come and go".formatted(MOST));
        }

        @Override
        public String words() {
            return "pods of namespace %s churn, %s a minute".formatted(namespace, Integer.toString(perMinute));
        }
    }

    /// A pod is deleted, and another one gets its address; then the first comes back.
    record AddressGiven(NamespacedName from, Pod to, Duration lasting) implements ObjectDisruption {
        @Override
        public String words() {
            return "%s gives its address to %s".formatted(from, to.name());
        }
    }

    /// A namespace is deleted with everything in it, and made anew with all of it.
    record NamespaceRecreated(String namespace, Duration lasting) implements ObjectDisruption {
        @Override
        public String words() {
            return "namespace %s is gone".formatted(namespace);
        }
    }
}
