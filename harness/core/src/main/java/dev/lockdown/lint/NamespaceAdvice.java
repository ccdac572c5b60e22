package dev.lockdown.lint;

import dev.lockdown.state.Namespace;
import dev.lockdown.state.NetworkPolicy.Peer;
import java.util.Objects;

/// Why a namespaceSelector matches no namespace.
final class NamespaceAdvice {
    private NamespaceAdvice() {}

    static String why(Peer.Pods peer, Candidates candidates) {
        var selector = Objects.requireNonNull(peer.namespaceSelector());
        var why = new SelectorAdvice<>("namespace", candidates.namespaces(), Namespace::labels, Namespace::name).why(selector);
        if (candidates.all().stream().anyMatch(p -> Candidates.selects(selector, p)))
            return why + "; pods have it, and a namespaceSelector compares the labels of namespaces";
        var unknown = candidates.implied();
        boolean byName = candidates.namespaces().stream().anyMatch(n -> selector.matchLabels().containsValue(n.name()));
        if (unknown.isEmpty() || byName || selector.matchLabels().containsKey(Namespace.NAME_LABEL)) return why;
        return "%s (no manifest declares %s, so only %s is known of %s)".formatted(why, String.join(", ", unknown), Namespace.NAME_LABEL,
            unknown.size() == 1 ? "it" : "them");
    }
}
