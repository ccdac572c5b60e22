package dev.lockdown.fingerprint;

import static dev.lockdown.fingerprint.Stage.CLIENT;
import static dev.lockdown.fingerprint.Stage.SERVER;
import static dev.lockdown.fingerprint.Stage.TCP;

import dev.lockdown.flow.Endpoint;
import dev.lockdown.flow.NamespacedName;
import dev.lockdown.flow.Port;
import dev.lockdown.flow.Probe;
import dev.lockdown.flow.Protocol;
import dev.lockdown.state.Change;
import dev.lockdown.state.ContainerPort;
import dev.lockdown.state.Namespace;
import dev.lockdown.state.Pod;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// What a pod on its node's network is to policies, as a peer in both directions and as their subject.
final class HostPeers {
    private static final String NAMESPACE = "fingerprint-host";
    private static final Port PORT = new Port(Protocol.TCP, 48_123);
    private static final String FROM_HOST =
        "{podSelector: {matchLabels: {app: server}}, policyTypes: [Ingress], ingress: [{from: [{namespaceSelector: {matchLabels: {host: \"yes\"}}}]}]}";
    private static final String TO_HOST =
        "{podSelector: {matchLabels: {app: client}}, policyTypes: [Egress], egress: [{to: [{namespaceSelector: {matchLabels: {host: \"yes\"}}}]}]}";
    private static final String DENY_SERVER = "{podSelector: {matchLabels: {app: server}}, policyTypes: [Ingress]}";
    private static final String DENY_CLIENT = "{podSelector: {matchLabels: {app: client}}, policyTypes: [Egress]}";
    private static final String DENY = "{podSelector: {}, policyTypes: [Ingress]}";

    private final Stage stage;
    private final List<Trait> traits = new ArrayList<>();

    HostPeers(Stage stage) {
        this.stage = stage;
    }

    List<Trait> measure() {
        var beside = Endpoint.Pod.of(NAMESPACE, "beside");
        var away = Endpoint.Pod.of(NAMESPACE, "away");
        stage.apply(List.of(new Change.ApplyNamespace(new Namespace(NAMESPACE, Map.of("host", "yes"))),
            new Change.StartPod(pod("beside", stage.node(SERVER))), new Change.StartPod(pod("away", stage.node(CLIENT)))));
        ask("host-network-source", "from a pod on another node's network, without any policy", stage.reach(away, SERVER, TCP), "no policy");
        stage.policy("deny", DENY_SERVER);
        ask("host-network-source-denied", "from a pod on another node's network, where ingress is denied", stage.reach(away, SERVER, TCP),
            "ingress of the server is denied");
        ask("host-network-source-denied-own-node", "from a pod on the network of the server's own node, where ingress is denied",
            stage.reach(beside, SERVER, TCP), "ingress of the server is denied");
        stage.withoutPolicies();
        stage.policy("allow", FROM_HOST);
        ask("host-network-source-selected", "from a pod on another node's network, where a selector of ingress means it",
            stage.reach(away, SERVER, TCP), "ingress of the server is allowed from its namespace");
        stage.withoutPolicies();
        stage.policy("deny", DENY_CLIENT);
        ask("host-network-destination-denied", "to a pod on another node's network, where egress is denied",
            stage.reach(CLIENT, beside, PORT), "egress of the client is denied");
        ask("host-network-destination-denied-own-node", "to a pod on the network of the client's own node, where egress is denied",
            stage.reach(CLIENT, away, PORT), "egress of the client is denied");
        stage.withoutPolicies();
        stage.policy("allow", TO_HOST);
        ask("host-network-destination-selected", "to a pod on another node's network, where a selector of egress means it",
            stage.reach(CLIENT, beside, PORT), "egress of the client is allowed to its namespace");
        stage.withoutPolicies();
        stage.policy(NAMESPACE, "deny", DENY);
        ask("host-network-subject", "to a pod on another node's network that a policy for ingress selects",
            stage.reach(CLIENT, beside, PORT), "ingress of that pod is denied");
        stage.withoutPolicies();
        return traits;
    }

    private void ask(String id, String question, Probe probe, String method) {
        traits.add(stage.trait(id, question, probe, method));
    }

    /// A port that hardly anybody has on a node.
    private static Pod pod(String name, String node) {
        return new Pod(new NamespacedName(NAMESPACE, name), Map.of("app", name), List.of(new ContainerPort(PORT, "", 0)), node, true);
    }
}
