package dev.lockdown.manifest;

import java.util.List;
import java.util.stream.Collectors;

/// A manifest has what decides over flows and is not read, and nobody has accepted that: no answer can be believed.
public final class ForeignPolicyException extends RuntimeException {
    private ForeignPolicyException(String message) {
        super(message);
    }

    static ForeignPolicyException of(List<Note> unseen) {
        return new ForeignPolicyException(
            "%s\n  expectations cannot take %s into account; remove %s, or go on all the same with --accept-unseen"
                .formatted(unseen.stream().map(Note::toString).collect(Collectors.joining("\n")), unseen.size() == 1 ? "it" : "them",
                    unseen.size() == 1 ? "it" : "them"));
    }
}
