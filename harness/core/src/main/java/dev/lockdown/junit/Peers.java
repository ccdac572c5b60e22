package dev.lockdown.junit;

import dev.lockdown.spec.words.Peer;
import java.util.regex.Pattern;

/// Who is at the end of a flow. A pod is written as `shop/web` alone; these are the others.
public final class Peers {
    /// The Kubernetes API.
    public static final String KUBERNETES_API = "the Kubernetes API";

    private static final Pattern SENTENCE = Pattern.compile(Peer.REGEX);

    private Peers() {}

    /// @param name `shop/api`
    public static String service(String name) {
        return "service \"%s\"".formatted(name);
    }

    public static String loadBalancer(String name) {
        return "load balancer \"%s\"".formatted(name);
    }

    /// @param name of a machine outside
    public static String host(String name) {
        return "host \"%s\"".formatted(name);
    }

    public static String node(String name) {
        return "node \"%s\"".formatted(name);
    }

    /// The node on which a pod runs.
    public static String nodeOf(String pod) {
        return "the node of \"%s\"".formatted(pod);
    }

    public static String everyPodOf(String namespace) {
        return "every pod of \"%s\"".formatted(namespace);
    }

    /// @param labels `app=api`
    public static String podsOf(String namespace, String labels) {
        return "pods \"%s\" of \"%s\"".formatted(labels, namespace);
    }

    /// As it stands in a sentence, whose step says what may stand there.
    static String peer(String text) {
        return SENTENCE.matcher(text).matches() ? text : "\"%s\"".formatted(text);
    }
}
