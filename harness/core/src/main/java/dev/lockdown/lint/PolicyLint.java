package dev.lockdown.lint;

import dev.lockdown.policy.Selectors;
import dev.lockdown.state.Direction;
import dev.lockdown.state.LabelSelector;
import dev.lockdown.state.NetworkPolicy;
import dev.lockdown.state.NetworkPolicy.Peer;
import dev.lockdown.state.NetworkPolicy.PolicyPort;
import dev.lockdown.state.NetworkPolicy.Rule;
import dev.lockdown.state.Pod;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/// One policy: what it selects, whom its rules name, and by which port names. Rules of a direction that it does not isolate are left alone.
final class PolicyLint {
    private final NetworkPolicy policy;
    private final Candidates candidates;
    private final Findings findings;
    private final String namespace;

    PolicyLint(NetworkPolicy policy, Candidates candidates, Findings findings) {
        this.policy = policy;
        this.candidates = candidates;
        this.findings = findings;
        this.namespace = policy.name().namespace();
    }

    void look() {
        var subjects = candidates.of(namespace).stream().filter(p -> Candidates.selects(policy.podSelector(), p)).toList();
        if (subjects.isEmpty()) findings.add("podSelector", selectsNothing());
        for (var direction : policy.types()) {
            var rules = policy.rules(direction);
            for (int i = 0; i < rules.size(); i++) look(rules.get(i), direction, i, subjects);
        }
    }

    /// `policy shop/p selects no pod: no pod of shop has app=wbe; did you mean app=web?`
    String selectsNothing() {
        return "policy %s selects no pod: %s".formatted(policy.name(), whySubjects());
    }

    private String whySubjects() {
        var pods = new SelectorAdvice<>("pod of " + namespace, candidates.of(namespace), Pod::labels, p -> p.name().toString());
        return pods.why(policy.podSelector()) + elsewhere(policy.podSelector(), "a policy selects pods of its own namespace alone");
    }

    private void look(Rule rule, Direction direction, int index, List<Pod> subjects) {
        var path = "%s[%s]".formatted(direction, index);
        for (int i = 0; i < rule.peers().size(); i++) {
            if (!(rule.peers().get(i) instanceof Peer.Pods peer) || !candidates.named(peer, namespace).isEmpty()) continue;
            peer("%s.%s[%s]".formatted(path, direction == Direction.INGRESS ? "from" : "to", i), peer);
        }
        var listening = direction == Direction.INGRESS ? subjects : destinations(rule);
        // Where nobody listens the selectors are the slip, and that is said already.
        if (listening.isEmpty()) return;
        for (int i = 0; i < rule.ports().size(); i++)
            if (rule.ports().get(i) instanceof PolicyPort.Named named) port("%s.ports[%s]".formatted(path, i), named, direction, listening);
    }

    private void peer(String path, Peer.Pods peer) {
        findings.add(path, "policy %s %s matches nothing: %s".formatted(policy.name(), path, whyPeer(peer)));
    }

    private String whyPeer(Peer.Pods peer) {
        var namespaces = candidates.namespacesOf(peer, namespace);
        if (namespaces.isEmpty()) return NamespaceAdvice.why(peer, candidates);
        var where = namespaces.size() == 1 ? namespaces.getFirst() : "the %s namespaces that it names".formatted(namespaces.size());
        var pods = namespaces.stream().flatMap(n -> candidates.of(n).stream()).toList();
        var selector = peer.podSelector();
        if (selector == null) return "there is no pod in " + where;
        var why = new SelectorAdvice<>("pod of " + where, pods, Pod::labels, p -> p.name().toString()).why(selector);
        return peer.namespaceSelector() != null ? why
            : why + elsewhere(selector, "a podSelector alone means pods of the policy's own namespace");
    }

    /// Where else such pods are, which is why the selector was probably written.
    private String elsewhere(LabelSelector selector, String rule) {
        if (Selectors.matches(selector, Map.of())) return "";
        var there = new LinkedHashSet<String>();
        for (var pod : candidates.all())
            if (!pod.name().namespace().equals(namespace) && Candidates.selects(selector, pod)) there.add(pod.name().namespace());
        return there.isEmpty() || there.size() > 3 ? "" : "; %s has such pods, and %s".formatted(String.join(", ", there), rule);
    }

    /// The pods that egress by this rule may arrive at; addresses are not known here, so a block may hold any.
    private Collection<Pod> destinations(Rule rule) {
        if (rule.peers().isEmpty()) return candidates.all();
        var pods = new LinkedHashSet<Pod>();
        for (var peer : rule.peers()) {
            switch (peer) {
                case Peer.Pods named -> pods.addAll(candidates.named(named, namespace));
                case Peer.IpBlock _ -> pods.addAll(candidates.all());
            }
        }
        return pods;
    }

    private void port(String path, PolicyPort.Named wanted, Direction direction, Collection<Pod> pods) {
        if (PortAdvice.declares(pods, wanted.name(), wanted.protocol())) return;
        var whose = direction == Direction.INGRESS ? "no pod that it selects" : "no pod that it may reach";
        findings.add(path, "policy %s %s matches nothing: %s names a %s port %s%s".formatted(policy.name(), path, whose, wanted.protocol(),
            wanted.name(), PortAdvice.instead(pods, wanted.name(), wanted.protocol())));
    }
}
