package dev.lockdown.fingerprint;

import static dev.lockdown.fingerprint.Stage.CLIENT;
import static dev.lockdown.fingerprint.Stage.SECOND;
import static dev.lockdown.fingerprint.Stage.SERVER;
import static dev.lockdown.fingerprint.Stage.SERVICE;
import static dev.lockdown.fingerprint.Stage.TCP;
import static dev.lockdown.fingerprint.Stage.UDP;

import dev.lockdown.flow.Endpoint;
import dev.lockdown.flow.Outcome;
import dev.lockdown.flow.Probe;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/// What is measured by probes while policies stand: how a denial looks, and who is exempt.
final class Denials {
    private static final String DENY = "{podSelector: {}, policyTypes: [Ingress, Egress]}";
    private static final String DENY_SERVER = "{podSelector: {matchLabels: {app: server}}, policyTypes: [Ingress]}";
    private static final String DENY_CLIENT = "{podSelector: {matchLabels: {app: client}}, policyTypes: [Egress]}";

    private final Stage stage;
    private final List<Trait> traits = new ArrayList<>();

    Denials(Stage stage) {
        this.stage = stage;
    }

    List<Trait> measure() {
        sources();
        stage.policy("deny", DENY_SERVER);
        ask("denied-ingress-tcp", "TCP that ingress denies", stage.reach(CLIENT, SERVER, TCP), "ingress of the server is denied");
        ask("denied-ingress-udp", "UDP that ingress denies", stage.reach(CLIENT, SERVER, UDP), "ingress of the server is denied");
        ask("denied-ingress-icmp", "ICMP echo where ingress is denied", stage.ping(CLIENT, SERVER), "ingress of the server is denied");
        ask("own-node", "the server's own node, where ingress is denied", stage.reach(new Endpoint.Node(stage.node(SERVER)), SERVER, TCP),
            "ingress of the server is denied");
        ask("other-node", "another node, where ingress is denied", stage.reach(new Endpoint.Node(stage.node(CLIENT)), SERVER, TCP),
            "ingress of the server is denied");
        stage.withoutPolicies();
        stage.policy("deny", DENY_CLIENT);
        ask("denied-egress-tcp", "TCP that egress denies", stage.reach(CLIENT, SERVER, TCP), "egress of the client is denied");
        ask("to-own-node", "a pod to its own node, where egress is denied",
            stage.ping(CLIENT, new Endpoint.Node(stage.node(CLIENT))), "egress of the client is denied; ICMP echo");
        ask("to-other-node", "a pod to another node, where egress is denied",
            stage.ping(CLIENT, new Endpoint.Node(stage.node(SERVER))), "egress of the client is denied; ICMP echo");
        stage.withoutPolicies();
        stage.policy("deny", DENY);
        ask("itself", "a pod to itself, where all is denied", stage.reach(SERVER, SERVER, TCP), "all is denied; by its own address");
        ask("hairpin", "a pod to itself through its Service, where all is denied", stage.reach(SERVER, SERVICE, TCP), "all is denied");
        stage.withoutPolicies();
        blocks();
        ports();
        return traits;
    }

    private void sources() {
        var seen = new LinkedHashSet<String>();
        for (var outcome : stage.ask(stage.reach(CLIENT, SERVER, TCP), Stage.TIMES))
            if (outcome instanceof Outcome.Connected(_, _, var source))
                seen.add(source.equals(stage.address(CLIENT)) ? "the pod's own" : source);
        add("source-across-nodes", "the address by which a server sees a pod of another node", String.join(", ", seen), "no policy",
            seen.isEmpty() ? 0 : Stage.TIMES);
    }

    private void blocks() {
        stage.policy("service", egressTo(stage.address(SERVICE)));
        ask("ipblock-cluster-ip", "a Service, where egress allows its ClusterIP as ipBlock", stage.reach(CLIENT, SERVICE, TCP),
            "egress of the client is allowed to the Service's address alone");
        stage.withoutPolicies();
        stage.policy("pod", egressTo(stage.address(SERVER)));
        ask("ipblock-pod-behind-service", "a Service, where egress allows its pod's address as ipBlock", stage.reach(CLIENT, SERVICE, TCP),
            "egress of the client is allowed to the address of the pod behind it");
        ask("ipblock-pod", "a pod, where egress allows its address as ipBlock", stage.reach(CLIENT, SERVER, TCP),
            "egress of the client is allowed to the pod's address");
        stage.withoutPolicies();
    }

    private static String egressTo(String address) {
        return "{podSelector: {matchLabels: {app: client}}, policyTypes: [Egress], egress: [{to: [{ipBlock: {cidr: \"%s/%s\"}}]}]}"
            .formatted(address, address.contains(":") ? "128" : "32");
    }

    private void ports() {
        stage.policy("range",
            "{podSelector: {matchLabels: {app: server}}, ingress: [{ports: [{protocol: TCP, port: 8080, endPort: 8082}]}]}");
        ask("end-port", "a port within port and endPort", stage.reach(CLIENT, SERVER, SECOND), "ingress is allowed on TCP/8080 to 8082");
        stage.withoutPolicies();
        stage.policy("name", "{podSelector: {matchLabels: {app: server}}, ingress: [{ports: [{protocol: UDP, port: web}]}]}");
        ask("named-port-other-protocol", "TCP/8080 named web, where ingress allows UDP/web", stage.reach(CLIENT, SERVER, TCP),
            "ingress is allowed on a port that has this name with another protocol");
        stage.withoutPolicies();
    }

    private void ask(String id, String question, Probe probe, String method) {
        traits.add(stage.trait(id, question, probe, method));
    }

    private void add(String id, String question, String answer, String method, int samples) {
        traits.add(samples == 0 ? Trait.unmeasured(id, question, "nobody answered") : new Trait(id, question, answer, method, samples));
    }
}
