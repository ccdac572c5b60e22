package dev.lockdown.policy;

import java.util.List;
import java.util.Set;

/// What both sides of a flow, or all the places where it may arrive, come to.
enum Demand {
    ALLOWED, DENIED, UNSPECIFIED, SPLIT;

    /// Both sides are needed, so one refusal outweighs an open question.
    static Demand of(Ruling egress, Ruling ingress) {
        if (egress == Settled.REFUSED || ingress == Settled.REFUSED) return DENIED;
        return egress instanceof OpenQuestion || ingress instanceof OpenQuestion ? UNSPECIFIED : ALLOWED;
    }

    /// @param each what the places come to; of nowhere, nothing can be demanded
    static Demand ofAny(Set<Demand> each) {
        if (each.contains(ALLOWED) && each.contains(DENIED)) return SPLIT;
        return each.isEmpty() || each.contains(UNSPECIFIED) ? UNSPECIFIED : each.iterator().next();
    }

    static OpenQuestion question(Ruling egress, Ruling ingress) {
        if (egress instanceof OpenQuestion question) return question;
        if (ingress instanceof OpenQuestion question) return question;
        throw new IllegalArgumentException("neither %s nor %s is open".formatted(egress, ingress));
    }

    /// @param question what is open, if anything is
    Expectation expectation(OpenQuestion question, List<String> because) {
        return switch (this) {
            case ALLOWED -> new Expectation.Allowed(because);
            case DENIED -> new Expectation.Denied(because);
            case SPLIT -> new Expectation.Split(because);
            case UNSPECIFIED -> new Expectation.Unspecified(question.reference(), because);
        };
    }
}
