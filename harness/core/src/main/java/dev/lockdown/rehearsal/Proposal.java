package dev.lockdown.rehearsal;

import dev.lockdown.need.Need;
import java.util.List;

/// A policy to commit.
///
/// @param file its name, such as `shop-web-egress.yaml`
/// @param yaml with a comment for each rule
/// @param needs that it is for; none for the lockdown itself
public record Proposal(String file, String yaml, List<Need> needs) {
    public Proposal {
        needs = List.copyOf(needs);
    }
}
