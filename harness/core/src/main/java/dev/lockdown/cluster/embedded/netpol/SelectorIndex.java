package dev.lockdown.cluster.embedded.netpol;

import dev.lockdown.flow.Endpoint;
import dev.lockdown.state.LabelSelector;
import dev.lockdown.state.NetworkPolicy;
import dev.lockdown.state.NetworkPolicy.Peer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Answers which pods a selector selects in one view of the cluster, each question once. Pods in a node's network are neither
/// subjects nor peers.
public final class SelectorIndex {
    private final View view;
    private final Map<String, NamespaceIndex> namespaces = new TreeMap<>();
    private final List<PodAddresses> all = new ArrayList<>();
    private final Map<Question, List<PodAddresses>> answers = new HashMap<>();

    /// @param namespaces null means the namespace `own` alone; else `own` is empty
    private record Question(String own, @Nullable LabelSelector namespaces, LabelSelector pods) {}

    public SelectorIndex(View view) {
        this.view = view;
        for (var pod : view.pods().values()) {
            if (pod.hostNetwork()) continue;
            var member = PodAddresses.of(pod, view.addresses().of(new Endpoint.Pod(pod.name())));
            all.add(member);
            namespaces.computeIfAbsent(pod.name().namespace(), _ -> new NamespaceIndex()).add(member);
        }
    }

    /// Whether the answers hold for another view too.
    boolean answersFor(View other) {
        return view.pods().equals(other.pods()) && view.namespaces().equals(other.namespaces())
            && view.addresses().equals(other.addresses());
    }

    List<PodAddresses> all() {
        return all;
    }

    public List<PodAddresses> subjects(NetworkPolicy policy) {
        return answer(new Question(policy.name().namespace(), null, policy.podSelector()));
    }

    /// @param own the namespace of the policy
    public List<PodAddresses> peers(String own, Peer.Pods peer) {
        var pods = peer.podSelector() == null ? LabelSelector.EVERYTHING : peer.podSelector();
        var namespaces = peer.namespaceSelector();
        return answer(new Question(namespaces == null ? own : "", namespaces, pods));
    }

    private List<PodAddresses> answer(Question question) {
        return answers.computeIfAbsent(question, this::select);
    }

    private List<PodAddresses> select(Question question) {
        var selected = new ArrayList<PodAddresses>();
        if (question.namespaces == null) {
            namespaces.getOrDefault(question.own, NamespaceIndex.EMPTY).select(question.pods, selected);
        } else {
            namespaces.forEach((name, namespace) -> {
                if (matches(question.namespaces, name)) namespace.select(question.pods, selected);
            });
        }
        return selected;
    }

    private boolean matches(LabelSelector namespaces, String name) {
        var namespace = view.namespaces().get(name);
        return namespace != null && LabelMatch.matches(namespaces, namespace.labels());
    }
}
