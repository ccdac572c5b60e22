package dev.lockdown.mutation;

import dev.lockdown.manifest.yaml.Position;
import dev.lockdown.manifest.Resource;
import dev.lockdown.spec.PolicyReview;
import dev.lockdown.state.NetworkPolicy;
import org.jspecify.annotations.Nullable;

/// A policy of the user's with one change, to be put in its place wherever a scenario applies it.
record Mutant(AppliedPolicies.AppliedPolicy found, Mutation mutation) implements PolicyReview {

    @Override
    public @Nullable NetworkPolicy review(Resource.OfPolicy resource, String scenario) {
        if (!Written.of(resource).equals(found.written())) return resource.policy();
        var result = mutation.result();
        return result == null ? null : Written.in(resource.policy().name().namespace(), result);
    }

    /// Where the part that is changed is written.
    Position at() {
        return found.places().of(mutation.part());
    }

    /// `allow-dns egress[0].ports[1] left out`
    String words() {
        var part = mutation.part().isEmpty() ? "" : mutation.part() + " ";
        return "%s %s%s".formatted(found.written().policy().name().name(), part, mutation.change());
    }
}
