package dev.lockdown.flow;

/// One end of a flow.
///
/// Its text form has a prefix for everything but pods, which are by far the most: `shop/web`, `service:shop/api`, `node:node-1`,
/// `load-balancer:shop/api`, `host:partner.example`, `kubernetes-api`.
public sealed interface Endpoint {

    record Pod(NamespacedName name) implements Endpoint {
        public static Pod of(String namespace, String name) {
            return new Pod(new NamespacedName(namespace, name));
        }

        @Override
        public String toString() {
            return name.toString();
        }
    }

    /// A Service's own address: its ClusterIP, or the addresses of its pods when it is headless.
    record Service(NamespacedName name) implements Endpoint {
        @Override
        public String toString() {
            return "service:" + name;
        }
    }

    /// The address that a load balancer has for a Service, outside the cluster's own blocks: `status.loadBalancer.ingress`.
    record LoadBalancer(NamespacedName service) implements Endpoint {
        @Override
        public String toString() {
            return "load-balancer:" + service;
        }
    }

    record Node(String name) implements Endpoint {
        @Override
        public String toString() {
            return "node:" + name;
        }
    }

    /// A machine outside the cluster, known by its DNS name.
    record Host(String name) implements Endpoint {
        @Override
        public String toString() {
            return "host:" + name;
        }
    }

    /// The API server as pods reach it: the Service `default/kubernetes`, over TLS, with the pod's own token.
    record KubernetesApi() implements Endpoint {
        @Override
        public String toString() {
            return "kubernetes-api";
        }
    }

    /// Parse the text form.
    ///
    /// @throws IllegalArgumentException if the text is none of the forms above
    static Endpoint parse(String text) {
        if (text.startsWith("service:")) return new Service(NamespacedName.parse(text.substring(8)));
        if (text.startsWith("load-balancer:")) return new LoadBalancer(NamespacedName.parse(text.substring(14)));
        if (text.startsWith("node:")) return new Node(text.substring(5));
        if (text.startsWith("host:")) return new Host(text.substring(5));
        if (text.equals("kubernetes-api")) return new KubernetesApi();
        return new Pod(NamespacedName.parse(text));
    }
}
