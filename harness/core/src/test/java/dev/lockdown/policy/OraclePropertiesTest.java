package dev.lockdown.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockdown.flow.NamespacedName;
import dev.lockdown.state.Change;
import dev.lockdown.state.NetworkPolicy;
import dev.lockdown.state.NetworkPolicy.Rule;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("In every random cluster")
class OraclePropertiesTest {

    static LongStream seeds() {
        return LongStream.range(0, 12);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void the_fast_way_and_the_explaining_way_agree(long seed) {
        var cast = new RandomSource(seed).cluster();
        var oracle = cast.oracle();
        assertThat(RandomSource.everyFlow(cast)).filteredOn(f -> !demand(oracle.expect(f)).equals(demand(oracle.explain(f).expectation())))
            .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void one_more_rule_in_a_policy_closes_nothing(long seed) {
        var random = new RandomSource(seed);
        var cast = random.cluster().policy(random.policy("grown"));
        var before = cast.oracle();
        var grown = cast.state().policies().values().stream().filter(p -> p.name().name().equals("grown")).findFirst().orElseThrow();
        var after = cast.change(new Change.ApplyPolicy(withOneMore(grown, random.rule()))).oracle();
        assertThat(RandomSource.everyFlow(cast)).filteredOn(f -> openness(after.expect(f)) < openness(before.expect(f))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void one_more_policy_opens_nothing_but_what_its_own_rules_admit(long seed) {
        var random = new RandomSource(seed);
        var cast = random.cluster();
        var before = cast.oracle();
        var added = random.policy("added").policy();
        var after = cast.change(new Change.ApplyPolicy(added)).oracle();
        assertThat(RandomSource.everyFlow(cast)).filteredOn(f -> openness(after.expect(f)) > openness(before.expect(f)))
            .allMatch(f -> after.explain(f).resolvedFlows().stream().anyMatch(resolvedFlow -> admits(resolvedFlow, added.name())));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void only_policies_that_isolate_an_end_decide(long seed) {
        var cast = new RandomSource(seed).cluster();
        var oracle = cast.oracle();
        assertThat(RandomSource.everyFlow(cast).stream().map(oracle::explain)).allMatch(e -> isolating(e).containsAll(e.deciding()));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void every_denial_names_a_policy(long seed) {
        var cast = new RandomSource(seed).cluster();
        var oracle = cast.oracle();
        assertThat(RandomSource.everyFlow(cast)).filteredOn(f -> oracle.expect(f) instanceof Expectation.Denied)
            .noneMatch(f -> oracle.deciding(f).isEmpty());
    }

    /// The demand without its reasons, which are those of the explanation by construction.
    private static String demand(Expectation expectation) {
        return expectation instanceof Expectation.Unspecified(var reference, _) ? reference : expectation.getClass().getSimpleName();
    }

    private static Set<NamespacedName> isolating(Explanation explanation) {
        return explanation.resolvedFlows().stream().flatMap(l -> l.sides().stream()).flatMap(s -> s.isolating().stream())
            .collect(Collectors.toSet());
    }

    private static boolean admits(ResolvedFlow resolvedFlow, NamespacedName policy) {
        return resolvedFlow.sides().stream().flatMap(s -> s.readings().stream())
            .anyMatch(r -> !(r instanceof Reading.Misses) && r.policy().equals(policy));
    }

    private static int openness(Expectation expectation) {
        return switch (expectation) {
            case Expectation.Denied _ -> 0;
            case Expectation.Unspecified _, Expectation.Split _ -> 1;
            case Expectation.Allowed _ -> 2;
        };
    }

    private static NetworkPolicy withOneMore(NetworkPolicy policy, Rule rule) {
        return new NetworkPolicy(policy.name(), policy.podSelector(), policy.types(), plus(policy.ingress(), rule),
            plus(policy.egress(), rule));
    }

    private static List<Rule> plus(List<Rule> rules, Rule rule) {
        return Stream.concat(rules.stream(), Stream.of(rule)).toList();
    }
}
