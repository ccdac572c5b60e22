package dev.lockdown.conformance;

import static dev.lockdown.conformance.End.EXCEPTED;
import static dev.lockdown.conformance.End.INSIDE;
import static dev.lockdown.conformance.End.X_B;
import static dev.lockdown.conformance.End.X_C;
import static dev.lockdown.conformance.End.Y_B;
import static dev.lockdown.conformance.End.Y_C;
import static dev.lockdown.conformance.End.Z_B;

import java.util.List;
import java.util.Set;

/// A kind of peer that a rule of a policy in namespace `x` may name.
///
/// @param words in a sentence
/// @param yaml the entry of `from` or `to`
/// @param means whom it means
record PeerKind(String words, String yaml, Set<End> means) {
    static final PeerKind PODS_OF_EVERY_NAMESPACE =
        of("pods b of every namespace", "{podSelector: {matchLabels: {pod: b}}, namespaceSelector: {}}", X_B, Y_B, Z_B);
    static final PeerKind NAMESPACE = of("namespace y", "{namespaceSelector: {matchLabels: {ns: \"y\"}}}", Y_B, Y_C);
    static final PeerKind BLOCK = of("a block", "{ipBlock: {cidr: 198.51.100.0/24}}", INSIDE, EXCEPTED);
    static final PeerKind BLOCK_WITH_EXCEPTION =
        of("a block with an exception", "{ipBlock: {cidr: 198.51.100.0/24, except: [198.51.100.128/25]}}", INSIDE);

    /// Without a namespaceSelector a podSelector looks in the policy's own namespace.
    static final List<PeerKind> ALL = List.of(
        of("every pod of its own namespace", "{podSelector: {}}", X_B, X_C),
        of("pods b of its own namespace", "{podSelector: {matchLabels: {pod: b}}}", X_B),
        of("every namespace", "{namespaceSelector: {}}", X_B, X_C, Y_B, Y_C, Z_B),
        of("all pods of every namespace", "{podSelector: {}, namespaceSelector: {}}", X_B, X_C, Y_B, Y_C, Z_B),
        PODS_OF_EVERY_NAMESPACE,
        NAMESPACE,
        of("all pods of namespace y", "{podSelector: {}, namespaceSelector: {matchLabels: {ns: \"y\"}}}", Y_B, Y_C),
        of("pods b of namespace y", "{podSelector: {matchLabels: {pod: b}}, namespaceSelector: {matchLabels: {ns: \"y\"}}}", Y_B),
        BLOCK,
        BLOCK_WITH_EXCEPTION);

    private static PeerKind of(String words, String yaml, End... means) {
        return new PeerKind(words, yaml, Set.of(means));
    }

    boolean means(End end) {
        return means.contains(end);
    }
}
