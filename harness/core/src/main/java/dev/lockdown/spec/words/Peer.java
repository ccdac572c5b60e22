package dev.lockdown.spec.words;

import dev.lockdown.flow.Endpoint;
import dev.lockdown.flow.NamespacedName;
import dev.lockdown.state.InputException;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The noun of the vocabulary: one end of a flow, or several pods at once. In a table its quotes may be left out.
public sealed interface Peer {
    String REGEX =
        "\"[^\"]*\"|every pod(?: of \"[^\"]*\")?|pods \"[^\"]*\"(?: of \"[^\"]*\")?|(?:service|load balancer|host|node) \"[^\"]*\"|the node of \"[^\"]*\""
            + "|the Kubernetes API";

    record One(Endpoint endpoint) implements Peer {}

    /// @param namespace null means all of the scenario's
    /// @param labels empty means all of the namespace's
    record Pods(@Nullable String namespace, Map<String, String> labels) implements Peer {}

    record NodeOf(NamespacedName pod) implements Peer {}

    /// @throws InputException saying what may stand there
    static Peer parse(String text) {
        var words = text.replace("\"", "").strip();
        if (words.equals("the Kubernetes API")) return new One(new Endpoint.KubernetesApi());
        if (words.equals("every pod")) return new Pods(null, Map.of());
        Matcher m;
        if ((m = match("every pod of (\\S+)", words)) != null) return new Pods(m.group(1), Map.of());
        if ((m = match("pods (.+?) of (\\S+)", words)) != null) return new Pods(m.group(2), StepTable.labels(m.group(1)));
        if ((m = match("pods (.+)", words)) != null) return new Pods(null, StepTable.labels(m.group(1)));
        if ((m = match("service (\\S+)", words)) != null) return new One(new Endpoint.Service(name(m.group(1), text)));
        if ((m = match("load balancer (\\S+)", words)) != null) return new One(new Endpoint.LoadBalancer(name(m.group(1), text)));
        if ((m = match("host (\\S+)", words)) != null) return new One(new Endpoint.Host(m.group(1)));
        if ((m = match("node (\\S+)", words)) != null) return new One(new Endpoint.Node(m.group(1)));
        if ((m = match("the node of (\\S+)", words)) != null) return new NodeOf(name(m.group(1), text));
        return new One(new Endpoint.Pod(name(words, text)));
    }

    private static @Nullable Matcher match(String regex, String text) {
        var matcher = Pattern.compile(regex).matcher(text);
        return matcher.matches() ? matcher : null;
    }

    private static NamespacedName name(String name, String text) {
        try {
            return NamespacedName.parse(name);
        } catch (IllegalArgumentException e) {
            throw InputException.about(name, """
                %s names nobody: %s
                  expected one of: "ns/pod", every pod [of "ns"], pods "app=api" [of "ns"], service "ns/name", load balancer "ns/name", host "name", node "name", \
                the node of "ns/pod", the Kubernetes API""".formatted(text, e.getMessage()));
        }
    }
}
