package dev.lockdown.trial;

import dev.lockdown.state.InputException;
import dev.lockdown.flow.Probe;
import dev.lockdown.policy.Expectation;
import dev.lockdown.policy.Oracle;
import dev.lockdown.verdict.Question;
import dev.lockdown.verdict.Wanted;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The arithmetic of steps that speak of all flows: what each of them claims of every single one.
final class Claims {
    private Claims() {}

    /// Claim that exactly the named ones of some flows are open, or blocked, and all others are not. What the API leaves open is claimed
    /// only where it is named.
    ///
    /// @throws InputException if a named one is none of them
    static List<Question> exactly(Set<Probe> all, Set<Probe> named, Wanted wanted, Oracle oracle, String otherwise, int line) {
        for (var probe : named) if (!all.contains(probe)) throw new InputException("%s %s".formatted(probe, otherwise));
        var other = wanted == Wanted.OPEN ? Wanted.BLOCKED : Wanted.OPEN;
        return all.stream().filter(p -> named.contains(p) || isSpecified(oracle, p))
            .map(p -> Question.of(p, named.contains(p) ? wanted : other, line)).toList();
    }

    /// Claim of every flow what the policies demand of it, if they demand anything.
    static List<Question> asPoliciesSay(Collection<Probe> all, Oracle oracle, int line) {
        var questions = new ArrayList<Question>();
        for (var probe : all) {
            switch (demanded(probe, oracle)) {
                case Expectation.Allowed _ -> questions.add(Question.of(probe, Wanted.OPEN, line));
                case Expectation.Denied _ -> questions.add(Question.of(probe, Wanted.BLOCKED, line));
                case Expectation.Split _ -> questions.add(Question.of(probe, Wanted.MIXED, line));
                case Expectation.Unspecified _ -> {}
                case null -> {}
            }
        }
        return questions;
    }

    /// Those that are connections: names and ICMP are not compared with the baseline.
    static Set<Probe> connections(Collection<Probe> all) {
        var flows = new LinkedHashSet<Probe>();
        all.stream().filter(Probe.Reach.class::isInstance).forEach(flows::add);
        return flows;
    }

    /// @return null where policies have no say by themselves: a name needs its server as well, and a datagram that nobody asked for no port
    private static @Nullable Expectation demanded(Probe probe, Oracle oracle) {
        return switch (probe) {
            case Probe.Reach(var flow, _) -> oracle.expect(flow);
            case Probe.Ping(var source, var destination, var family) -> oracle.expectPing(source, destination, family);
            case Probe.Resolve _, Probe.Unasked _ -> null;
        };
    }

    private static boolean isSpecified(Oracle oracle, Probe probe) {
        return !(probe instanceof Probe.Reach(var flow, _) && oracle.expect(flow) instanceof Expectation.Unspecified);
    }
}
