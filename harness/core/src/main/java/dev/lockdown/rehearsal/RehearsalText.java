package dev.lockdown.rehearsal;

import dev.lockdown.need.Need;
import dev.lockdown.need.Party;
import dev.lockdown.need.Purpose;
import dev.lockdown.state.Counted;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Predicate;

/// A rehearsal for people, on one page: what is needed, what breaks, what the policies do today, what heals it, what was not proven.
public final class RehearsalText {
    private static final int MOST_PAIRS = 12;

    private final boolean withYaml;
    private final List<String> lines = new ArrayList<>();

    /// @param withYaml whether the proposals are printed; else they are in files
    public RehearsalText(boolean withYaml) {
        this.withYaml = withYaml;
    }

    public List<String> lines(Rehearsed rehearsed) {
        needed(rehearsed);
        breaks(rehearsed);
        if (rehearsed.policies() > 0) today(rehearsed);
        healed(rehearsed);
        unproven(rehearsed);
        return lines;
    }

    private void needed(Rehearsed rehearsed) {
        lines.add("What this application needs: %s of %s".formatted(Counted.of(rehearsed.results().size(), "connection"),
            Counted.of(rehearsed.workloads(), "workload")));
        Party from = null;
        for (var result : rehearsed.results()) {
            var need = result.need();
            if (!need.from().equals(from)) lines.add("  " + need.from());
            from = need.from();
            lines.add("    → %s %s  %s".formatted(need.to(), need.port(), places(need)));
        }
        lines.add("");
    }

    private static String places(Need need) {
        int more = need.because().size() - 1;
        return need.because().getFirst() + (more > 0 ? " and %s more".formatted(more) : "");
    }

    private void breaks(Rehearsed rehearsed) {
        lines.add("What breaks under lockdown (default-deny, both directions, in %s): %s of %s".formatted(
            String.join(", ", rehearsed.namespaces()), rehearsed.broken(), rehearsed.results().size()));
        for (var purpose : Purpose.values()) {
            var own = rehearsed.results().stream().filter(r -> r.need().purpose() == purpose).toList();
            if (own.isEmpty()) continue;
            long broken = own.stream().filter(NeedResult::isBroken).count();
            long working = own.stream().filter(r -> r.underLockdown() == Seen.OPEN).count();
            long untried = own.stream().filter(NeedResult::isUntried).count();
            long other = own.size() - broken - working - untried;
            var parts = new ArrayList<String>();
            if (broken > 0) parts.add(broken + " broken");
            if (working > 0) parts.add(working + " still work" + (working == 1 ? "s" : ""));
            if (untried > 0) parts.add(untried + " not tried");
            if (other > 0) parts.add(other + " did not work before");
            lines.add(
                "  %s %s: %s".formatted(broken > 0 ? "✗" : untried + other > 0 ? "?" : "✓", purpose.words(), String.join(", ", parts)));
        }
        lines.add("");
    }

    private void today(Rehearsed rehearsed) {
        lines.add("What your %s do%s today: %s needed %s broken, %s open that nobody needs".formatted(
            rehearsed.policies() == 1 ? "policy" : rehearsed.policies() + " policies", rehearsed.policies() == 1 ? "es" : "",
            rehearsed.brokenToday() == 0 ? "no" : rehearsed.brokenToday(),
            rehearsed.brokenToday() == 1 ? "connection is" : "connections are",
            rehearsed.openToday().isEmpty() ? "none" : rehearsed.openToday().size()));
        rehearsed.results().stream().filter(NeedResult::isBrokenToday).forEach(r -> {
            lines.add("  ✗ %s  %s".formatted(r.need(), places(r.need())));
            r.whyToday().stream().limit(1).forEach(w -> lines.add("      " + w));
        });
        pairs(rehearsed.openToday(), "+");
        lines.add("");
    }

    private void pairs(List<Rehearsed.Way> ways, String sign) {
        var pairs = new TreeMap<String, List<String>>();
        for (var way : ways) pairs.computeIfAbsent(way.from() + " to " + way.to(), _ -> new ArrayList<>()).add(way.port().toString());
        pairs.entrySet().stream().limit(MOST_PAIRS)
            .forEach(p -> lines.add("  %s %s: %s".formatted(sign, p.getKey(), String.join(", ", p.getValue()))));
        if (pairs.size() > MOST_PAIRS) lines.add("  and %s more pairs; --output json has all".formatted(pairs.size() - MOST_PAIRS));
    }

    private void healed(Rehearsed rehearsed) {
        long policies = rehearsed.proposals().size();
        lines.add("The %s allowances: %s, %s %s of %s healed%s, %s".formatted(rehearsed.isConsolidated() ? "consolidated" : "smallest",
            policies == 1 ? "1 NetworkPolicy" : policies + " NetworkPolicies",
            rehearsed.stage().equals("nothing was probed") ? "by the API's rules" : "applied and asked again:",
            rehearsed.healed(), rehearsed.broken(),
            rehearsed.healingUnproven() == 0 ? "" : ", %s not proven".formatted(rehearsed.healingUnproven()),
            rehearsed.opened().isEmpty() ? "nothing else opened"
                : rehearsed.isConsolidated() ? "and they open for whole namespaces, as was asked:" : "and they open more than is needed:"));
        pairs(rehearsed.opened(), "+");
        not("not healed", rehearsed, NeedResult::isLost);
        if (withYaml) for (int i = 0; i < rehearsed.proposals().size(); i++) {
            lines.add(i == 0 ? "" : "---");
            rehearsed.proposals().get(i).yaml().lines().forEach(lines::add);
        }
        lines.add("");
    }

    private void not(String words, Rehearsed rehearsed, Predicate<NeedResult> which) {
        rehearsed.results().stream().filter(which).forEach(r -> lines.add("  ✗ %s: %s".formatted(words, r.need())));
    }

    private void unproven(Rehearsed rehearsed) {
        if (rehearsed.unproven().isEmpty() && rehearsed.assumed().isEmpty()) return;
        lines.add("Not proven");
        Doubt.of(rehearsed.unproven()).forEach(d -> lines.add("  ? " + said(d)));
        rehearsed.assumed().forEach(a -> lines.add("  ? assumed: " + a));
        lines.add("");
    }

    private static String said(Doubt doubt) {
        var remedy = doubt.first().remedy();
        return "%s %s: %s%s".formatted(doubt.first().because(), doubt.whom(), doubt.why(), remedy.isEmpty() ? "" : " (" + remedy + ")");
    }
}
