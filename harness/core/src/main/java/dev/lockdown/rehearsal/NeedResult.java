package dev.lockdown.rehearsal;

import dev.lockdown.need.Need;
import dev.lockdown.need.Party;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What became of a need in each state.
///
/// @param ends the workloads that answer: those behind a Service, where it has any, else the other end itself
/// @param before any policy
/// @param underLockdown with default-deny on every namespace of the application
/// @param today under the application's own policies; null where it has none
/// @param healed under the proposed ones; null where it did not work before, or no policy that is written from manifests can allow it
/// @param why the policies refuse it under lockdown, the short reason first; empty where they do not
/// @param whyToday the same of the application's own policies
public record NeedResult(Need need, List<Party> ends, Seen before, Seen underLockdown, @Nullable Seen today, @Nullable Seen healed,
        List<String> why, List<String> whyToday) {
    public NeedResult {
        ends = List.copyOf(ends);
        why = List.copyOf(why);
        whyToday = List.copyOf(whyToday);
    }

    /// Whether it worked and does not under lockdown.
    public boolean isBroken() {
        return before == Seen.OPEN && underLockdown != Seen.OPEN && underLockdown != Seen.UNKNOWN;
    }

    public boolean isBrokenToday() {
        return before == Seen.OPEN && (today == Seen.BLOCKED || today == Seen.SOME);
    }

    /// Whether the proposals give back what worked.
    public boolean isHealed() {
        return healed == Seen.OPEN;
    }

    /// Whether it broke and the proposals should give it back, but do not.
    public boolean isLost() {
        return isBroken() && healed != null && !isHealed();
    }

    /// Whether it broke, and nobody can prove that the proposals give it back.
    public boolean isHealingUnproven() {
        return isBroken() && healed == null;
    }

    /// Whether nobody could try it at all.
    public boolean isUntried() {
        return before == Seen.UNKNOWN;
    }
}
