package dev.lockdown.rehearsal.page;

import dev.lockdown.need.Purpose;
import dev.lockdown.rehearsal.NeedResult;
import dev.lockdown.rehearsal.Rehearsed;
import dev.lockdown.rehearsal.Seen;
import dev.lockdown.state.Counted;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Sentences that page and Markdown say alike.
final class Words {
    /// What a rehearsal says of its stage that tried nothing.
    private static final String UNPROBED = "nothing was probed";

    private Words() {}

    static String verdict(Rehearsed rehearsed) {
        return rehearsed.brokenToday() == 0 ? underLockdown(rehearsed)
            : "%s. The policies of today break %s".formatted(underLockdown(rehearsed), Counted.of(rehearsed.brokenToday(), "connection"));
    }

    private static String underLockdown(Rehearsed rehearsed) {
        long broken = rehearsed.broken();
        if (broken == 0) return "A lockdown breaks none of %s".formatted(Counted.of(rehearsed.results().size(), "needed connection"));
        long healed = rehearsed.healed();
        var unproven = rehearsed.healingUnproven() == 0 ? "" : ", and %s perhaps".formatted(number(rehearsed.healingUnproven()));
        return "A lockdown breaks %s of %s; %s %s %s of them%s%s".formatted(number(broken),
            Counted.of(rehearsed.results().size(), "needed connection"), policies(rehearsed.proposals().size()),
            rehearsed.proposals().size() == 1 ? "heals" : "heal", healed == broken ? "all" : number(healed), unproven,
            rehearsed.opened().isEmpty() ? ", and nothing else is open" : ", but they open more than is needed");
    }

    static String policies(long number) {
        return number == 1 ? "1 NetworkPolicy" : "%s NetworkPolicies".formatted(number(number));
    }

    static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    static boolean isProbed(Rehearsed rehearsed) {
        return !rehearsed.stage().equals(UNPROBED);
    }

    /// How the verdict was come by.
    static String proof(Rehearsed rehearsed) {
        return isProbed(rehearsed) ? "Tried with real connections between shadow pods; the application's images were not run."
            : "By the API's rules alone: nothing was probed.";
    }

    static String today(Rehearsed rehearsed) {
        return "%s of today: %s broken, %s open that nobody needs".formatted(policies(rehearsed.policies()),
            Counted.of(rehearsed.brokenToday(), "needed connection"), Counted.of(rehearsed.openToday().size(), "connection"));
    }

    /// What came of the needs of one class, such as `18 broken, 18 healed`.
    static String summary(List<NeedResult> results) {
        var parts = new ArrayList<String>();
        add(parts, results.stream().filter(NeedResult::isBroken).count(), "broken under lockdown");
        add(parts, results.stream().filter(r -> r.isBroken() && r.isHealed()).count(), "healed");
        add(parts, results.stream().filter(NeedResult::isHealingUnproven).count(), Mark.HEALING_UNPROVEN);
        add(parts, results.stream().filter(r -> r.underLockdown() == Seen.OPEN).count(), "still working");
        add(parts, results.stream().filter(r -> !r.isBroken() && r.underLockdown() != Seen.OPEN).count(), "not proven");
        return String.join(", ", parts);
    }

    private static void add(List<String> parts, long number, String words) {
        if (number > 0) parts.add(number(number) + " " + words);
    }

    /// The name of a class as a heading.
    static String heading(Purpose purpose) {
        return purpose.words().substring(0, 1).toUpperCase(Locale.ROOT) + purpose.words().substring(1);
    }
}
