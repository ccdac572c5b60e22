package dev.lockdown.cluster.embedded.netpol;

import dev.lockdown.cluster.embedded.netpol.CompiledPolicies.Subject;
import dev.lockdown.state.Direction;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/// Short names for the chains of pods, and what they stand for. nftables takes 64 characters of a log prefix, and names of
/// Kubernetes run to 253, so long ones would collide. A name is never given to another pod. Threads may ask at any time.
final class RuleNames {
    private final AtomicInteger next = new AtomicInteger(1);
    private final Map<Subject, String> names = new ConcurrentHashMap<>();
    private final Map<String, String> words = new ConcurrentHashMap<>();

    String name(Subject subject) {
        return names.computeIfAbsent(subject, this::invent);
    }

    private String invent(Subject subject) {
        var name = (subject.direction() == Direction.INGRESS ? "i" : "e") + next.getAndIncrement();
        words.put(name, subject.toString());
        return name;
    }

    /// Give the rule behind a name in words: `ingress of shop/api`.
    String words(String name) {
        return words.getOrDefault(name, "an unknown rule \"%s\"".formatted(name));
    }
}
