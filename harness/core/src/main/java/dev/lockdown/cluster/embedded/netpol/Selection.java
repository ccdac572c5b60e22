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
public final class Selection {
    private final View view;
    private final Map<String, Roster> rosters = new TreeMap<>();
    private final List<Member> all = new ArrayList<>();
    private final Map<Question, List<Member>> answers = new HashMap<>();

    /// @param namespaces null means the namespace `own` alone; else `own` is empty
    private record Question(String own, @Nullable LabelSelector namespaces, LabelSelector pods) {}

    public Selection(View view) {
        this.view = view;
        for (var pod : view.pods().values()) {
            if (pod.hostNetwork()) continue;
            var member = Member.of(pod, view.addresses().of(new Endpoint.Pod(pod.name())));
            all.add(member);
            rosters.computeIfAbsent(pod.name().namespace(), _ -> new Roster()).add(member);
        }
    }

    /// Whether the answers hold for another view too.
    boolean answersFor(View other) {
        return view.pods().equals(other.pods()) && view.namespaces().equals(other.namespaces())
            && view.addresses().equals(other.addresses());
    }

    List<Member> all() {
        return all;
    }

    public List<Member> subjects(NetworkPolicy policy) {
        return answer(new Question(policy.name().namespace(), null, policy.podSelector()));
    }

    /// @param own the namespace of the policy
    List<Member> peers(String own, Peer.Pods peer) {
        var pods = peer.podSelector() == null ? LabelSelector.EVERYTHING : peer.podSelector();
        var namespaces = peer.namespaceSelector();
        return answer(new Question(namespaces == null ? own : "", namespaces, pods));
    }

    private List<Member> answer(Question question) {
        return answers.computeIfAbsent(question, this::select);
    }

    private List<Member> select(Question question) {
        var selected = new ArrayList<Member>();
        if (question.namespaces == null) {
            rosters.getOrDefault(question.own, Roster.EMPTY).select(question.pods, selected);
        } else {
            rosters.forEach((name, roster) -> {
                if (matches(question.namespaces, name)) roster.select(question.pods, selected);
            });
        }
        return selected;
    }

    private boolean matches(LabelSelector namespaces, String name) {
        var namespace = view.namespaces().get(name);
        return namespace != null && LabelMatch.matches(namespaces, namespace.labels());
    }
}
