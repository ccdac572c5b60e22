package dev.lockdown.policy;

import dev.lockdown.flow.NamespacedName;
import java.util.List;
import java.util.stream.Collectors;

/// The short line that says what a flow to one destination comes to and who decided it.
final class DecisionLine {
    private static final int NAMES_SHOWN = 3;

    private DecisionLine() {}

    static String of(ResolvedFlow resolvedFlow) {
        return switch (resolvedFlow.demand()) {
            case DENIED -> "denied by " + denied(resolvedFlow.decisive());
            case UNSPECIFIED -> unspecified(resolvedFlow.decisive().getFirst());
            case ALLOWED -> allowed(resolvedFlow);
            case SPLIT -> throw new IllegalStateException("one resolved flow is never split");
        };
    }

    private static String denied(List<Side> refusing) {
        var first = refusing.getFirst();
        boolean bySame = refusing.stream().allMatch(s -> s.isolating().equals(first.isolating()));
        if (bySame) return names(first.isolating()) + " (" + joined(refusing, ", ") + ")";
        return refusing.stream().map(s -> names(s.isolating()) + " (" + s + ")").collect(Collectors.joining(" and "));
    }

    private static String unspecified(Side side) {
        if (side.ruling() instanceof OpenQuestion question) return "unspecified: %s (%s)".formatted(question.sentence(), side);
        throw new IllegalStateException("nothing is open about the " + side);
    }

    private static String allowed(ResolvedFlow resolvedFlow) {
        var decisive = resolvedFlow.decisive();
        if (decisive.isEmpty()) return "allowed: " + unisolated(resolvedFlow);
        return switch (decisive.getFirst().ruling()) {
            case Settled.OWN_ADDRESS -> "allowed: a pod always reaches its own address";
            case Settled.OWN_NODE -> "allowed: the node of %s always reaches it".formatted(resolvedFlow.destination());
            case Settled.ADMITTED -> "allowed by " + decisive.stream().map(DecisionLine::admitted).collect(Collectors.joining(" and "));
            case Settled.NOT_A_POD, Settled.NOT_ISOLATED, Settled.REFUSED ->
                throw new IllegalStateException("not decisive: " + decisive.getFirst());
            case OpenQuestion q -> throw new IllegalStateException("not settled: " + q);
        };
    }

    private static String admitted(Side side) {
        var admission = side.admissions().getFirst();
        return admission.policy() + " (" + admission.path().ruleAlone() + " of " + side.subject() + ")";
    }

    static String unisolated(ResolvedFlow resolvedFlow) {
        var free = resolvedFlow.sides().stream().filter(s -> s.ruling() == Settled.NOT_ISOLATED).toList();
        if (free.isEmpty()) return "no pod at either end, so no policy applies";
        return "nothing isolates " + free.stream().map(s -> s.subject() + " (" + s.direction() + ")")
            .collect(Collectors.joining(" or "));
    }

    static String names(List<NamespacedName> policies) {
        var shown = policies.stream().limit(NAMES_SHOWN).map(NamespacedName::toString).collect(Collectors.joining(", "));
        int more = policies.size() - NAMES_SHOWN;
        return more > 0 ? "%s and %s more".formatted(shown, more) : shown;
    }

    private static String joined(List<Side> sides, String separator) {
        return sides.stream().map(Side::toString).collect(Collectors.joining(separator));
    }
}
