package dev.lockdown.conformance;

import java.util.Locale;

/// The direction of a policy, with its words in sentences and in manifests.
enum Way {
    INGRESS("Ingress", "from"), EGRESS("Egress", "to");

    private final String type;
    private final String preposition;

    Way(String type, String preposition) {
        this.type = type;
        this.preposition = preposition;
    }

    /// As `policyTypes` names it, and as a sentence begins.
    String type() {
        return type;
    }

    /// The list of rules in a policy.
    String field() {
        return type.toLowerCase(Locale.ROOT);
    }

    /// The list of peers in a rule, and the word before them in a sentence.
    String preposition() {
        return preposition;
    }
}
