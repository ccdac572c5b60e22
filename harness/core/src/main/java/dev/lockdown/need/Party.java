package dev.lockdown.need;

import dev.lockdown.flow.NamespacedName;

/// One end of what an application needs.
public sealed interface Party extends Comparable<Party> {

    /// Pods of one template, written `shop/Deployment/web`; a pod of its own is `shop/Pod/web`.
    record Workload(String kind, NamespacedName name) implements Party {
        @Override
        public String toString() {
            return name.namespace() + "/" + kind + "/" + name.name();
        }
    }

    /// A Service of the manifests, written `service:shop/api`.
    record Service(NamespacedName name) implements Party {
        @Override
        public String toString() {
            return "service:" + name;
        }
    }

    /// The kubelet of the pod's own node, written `node`.
    record Node() implements Party {
        @Override
        public String toString() {
            return "node";
        }
    }

    /// The Kubernetes API, written `api`.
    record Api() implements Party {
        @Override
        public String toString() {
            return "api";
        }
    }

    /// The cluster's DNS, written `dns`.
    record Dns() implements Party {
        @Override
        public String toString() {
            return "dns";
        }
    }

    /// A machine outside the cluster, written `host:partner.example`.
    record Host(String name) implements Party {
        @Override
        public String toString() {
            return "host:" + name;
        }
    }

    /// What runs in the cluster, dials the application, and is not among its manifests: `ingress`, `prometheus`.
    ///
    /// @param namespace where it is taken to run
    record Platform(Role role, String namespace) implements Party {
        @Override
        public String toString() {
            return role.word();
        }
    }

    /// Machines outside by a block of addresses, which open connections; written as the block.
    record Block(String cidr) implements Party {
        @Override
        public String toString() {
            return cidr;
        }
    }

    enum Role {
        /// The controller of Ingresses, Gateways or Routes.
        INGRESS("ingress"),
        /// Whoever collects metrics.
        PROMETHEUS("prometheus");

        private final String word;

        Role(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }
    }

    @Override
    default int compareTo(Party other) {
        return toString().compareTo(other.toString());
    }
}
