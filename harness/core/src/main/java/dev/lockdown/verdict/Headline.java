package dev.lockdown.verdict;

import dev.lockdown.flow.Family;
import dev.lockdown.flow.NamespacedName;
import dev.lockdown.flow.Probe;
import dev.lockdown.policy.Expectation;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Says in a line what a step came to, and in a clause why it should not be so.
public final class Headline {
    private static final int POLICIES_SHOWN = 3;

    private Headline() {}

    /// How many verdicts differ: `1 of 6 cells differs on TCP/8080 (held 12 rounds, 5 s)`.
    public static String of(Judgement judgement) {
        var differing = judgement.differing();
        int inconclusive = (int) differing.stream().filter(Cell::inconclusive).count();
        int wrong = differing.size() - inconclusive;
        var what = judgement.cells().size() == 1 ? Wording.claim(judgement.cells().getFirst())
            : oneFamily(judgement).orElseGet(() -> many(judgement, wrong, inconclusive));
        return what + (wrong == 0 ? " (" : " (held ") + rounds(judgement) + ")";
    }

    /// One flow over two families, of which one alone is wrong: `… on TCP/8080 over IPv6 (over IPv4 it does)`.
    private static Optional<String> oneFamily(Judgement judgement) {
        if (judgement.cells().size() != 2 || judgement.differing().size() != 1) return Optional.empty();
        var differing = judgement.differing().getFirst();
        var other = judgement.cells().stream().filter(c -> c != differing).findFirst().orElseThrow();
        if (!(differing.question().probe() instanceof Probe.Reach one && other.question().probe() instanceof Probe.Reach two)
            || one.family() == two.family() || !isSameButForFamily(one, two) || differing.inconclusive() || other.inconclusive())
            return Optional.empty();
        var over = one.family() == Family.IPV4 ? " over IPv4" : "";
        return Optional.of("%s%s (over %s it %s)".formatted(Wording.claim(differing), over, two.family(),
            other.verdict() instanceof Verdict.Open ? "does" : "does not"));
    }

    private static boolean isSameButForFamily(Probe.Reach one, Probe.Reach two) {
        return one.fromPort() == two.fromPort() && one.flow().source().equals(two.flow().source())
            && one.flow().destination().equals(two.flow().destination()) && one.flow().port().equals(two.flow().port());
    }

    private static String many(Judgement judgement, int wrong, int inconclusive) {
        var of = "of " + Figures.count(judgement.cells().size(), judgement.cells().getFirst().question().label() == null ? "flow" : "cell");
        var differ = wrong + " " + of + (wrong == 1 ? " differs" : " differ");
        var prove = inconclusive == 1 ? " proves nothing" : " prove nothing";
        var scope = scope(judgement.scope());
        if (inconclusive == 0) return differ + scope;
        if (wrong == 0) return inconclusive + " " + of + prove + scope;
        return differ + " and " + inconclusive + prove + scope;
    }

    private static String scope(Scope scope) {
        return switch (scope) {
            case Scope.Named _ -> "";
            case Scope.OnPorts _ -> " " + Wording.of(scope);
            case Scope.EveryFlow _, Scope.OpenInBaseline _, Scope.ShutBeforeTheChange _ -> ", " + Wording.of(scope);
        };
    }

    private static String rounds(Judgement judgement) {
        return "%s, %s".formatted(Figures.count(judgement.rounds(), "round"), Figures.duration(judgement.took()));
    }

    /// What a cell that differs comes to, and why it should not be so: `… although shop/deny-all denies it`.
    public static String withReason(Cell cell) {
        var claim = Wording.claim(cell);
        if (cell.inconclusive()) return claim + ": " + Wording.how(cell);
        if (cell.isAgainstPolicies()) return "%s although the step wants it %s".formatted(claim, Wording.of(cell.question().wanted()));
        var reason = reason(cell);
        return claim + " although " + (reason == null ? "it should be " + Wording.of(cell.question().wanted()) : reason);
    }

    private static @Nullable String reason(Cell cell) {
        var reasons = cell.reasons();
        if (reasons == null || reasons.deciding().isEmpty()) return null;
        return switch (reasons.expectation()) {
            case Expectation.Denied _ -> clause("denies", "denied", reasons.deciding());
            case Expectation.Allowed _ -> clause("allows", "allowed", reasons.deciding());
            case Expectation.Split _, Expectation.Unspecified _ -> null;
        };
    }

    private static String clause(String active, String passive, List<NamespacedName> policies) {
        if (policies.size() == 1) return "%s %s it".formatted(policies.getFirst(), active);
        var shown = policies.stream().limit(POLICIES_SHOWN).map(NamespacedName::toString).collect(Collectors.joining(", "));
        int more = policies.size() - POLICIES_SHOWN;
        return "it is %s by %s".formatted(passive, more > 0 ? "%s and %s more".formatted(shown, more) : shown);
    }

    /// Tell everything of a judgement that does not hold: the headline, and each cell that differs with what is known of it.
    public static String withDetails(Judgement judgement) {
        var lines = new StringBuilder(of(judgement));
        for (var cell : judgement.differing()) {
            lines.append("\n  %s: expected %s, observed %s: %s".formatted(Wording.flow(cell), Wording.of(cell.question().wanted()),
                Wording.of(cell.verdict()), Wording.how(cell)));
            Wording.because(cell).forEach(b -> lines.append("\n    = expected: ").append(b));
            Wording.evidence(cell).forEach(e -> lines.append("\n    = evidence: ").append(e));
            RuleWording.brief(cell).forEach(r -> lines.append("\n    = rules:    ").append(r));
            if (!Wording.likely(cell).isEmpty()) lines.append("\n    = likely:   ").append(Wording.likely(cell));
        }
        return lines.toString();
    }
}
