package dev.lockdown.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockdown.flow.Flow;
import dev.lockdown.flow.NamespacedName;
import dev.lockdown.state.Change;
import dev.lockdown.state.Direction;
import dev.lockdown.state.NetworkPolicy;
import dev.lockdown.state.NetworkPolicy.Rule;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import java.util.stream.LongStream;

@DisplayName("In every random cluster")
class OraclePropertiesTest {

    static LongStream seeds() {
        return LongStream.range(0, 60);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void the_fast_way_and_the_explaining_way_agree(long seed) {
        var cast = new Dice(seed).cluster();
        var oracle = cast.oracle();
        for (var flow : Dice.everyFlow(cast))
            assertThat(oracle.explain(flow).expectation()).as(flow.toString()).isEqualTo(oracle.expect(flow));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void one_more_rule_in_a_policy_closes_nothing(long seed) {
        var dice = new Dice(seed);
        var cast = dice.cluster().policy(dice.policy("grown"));
        var before = expectations(cast);
        var grown = cast.state().policies().values().stream().filter(p -> p.name().name().equals("grown")).findFirst().orElseThrow();
        cast.change(new Change.ApplyPolicy(withOneMore(grown, dice.rule())));
        expectations(cast).forEach((flow, after) -> assertThat(openness(after)).as(flow + ", was " + before.get(flow))
                .isGreaterThanOrEqualTo(openness(before.get(flow))));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void one_more_policy_opens_nothing_but_what_its_own_rules_admit(long seed) {
        var dice = new Dice(seed);
        var cast = dice.cluster();
        var before = expectations(cast);
        var added = dice.policy("added").policy();
        cast.change(new Change.ApplyPolicy(added));
        var oracle = cast.oracle();
        for (var flow : before.keySet()) {
            var explained = oracle.explain(flow);
            if (openness(explained.expectation()) <= openness(before.get(flow))) continue;
            assertThat(explained.legs()).as(flow.toString()).anySatisfy(leg -> assertThat(admits(leg, added.name())).isTrue());
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void every_policy_that_decides_is_one_that_isolates_an_end(long seed) {
        var cast = new Dice(seed).cluster();
        var oracle = cast.oracle();
        for (var flow : Dice.everyFlow(cast)) {
            var explained = oracle.explain(flow);
            var isolating = explained.legs().stream().flatMap(l -> l.sides().stream()).flatMap(s -> s.isolating().stream()).toList();
            assertThat(isolating).as(flow.toString()).containsAll(explained.deciding());
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void denied_always_names_a_policy(long seed) {
        var cast = new Dice(seed).cluster();
        var oracle = cast.oracle();
        for (var flow : Dice.everyFlow(cast))
            if (oracle.expect(flow) instanceof Expectation.Denied) assertThat(oracle.deciding(flow)).as(flow.toString()).isNotEmpty();
    }

    private static Map<Flow, Expectation> expectations(Cast cast) {
        var oracle = cast.oracle();
        var expectations = new java.util.LinkedHashMap<Flow, Expectation>();
        Dice.everyFlow(cast).forEach(f -> expectations.put(f, oracle.expect(f)));
        return expectations;
    }

    private static boolean admits(Leg leg, NamespacedName policy) {
        return leg.sides().stream().flatMap(s -> s.readings().stream())
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
        Map<Direction, List<Rule>> rules = new EnumMap<>(Direction.class);
        for (var direction : Direction.values()) {
            var more = new ArrayList<>(policy.rules(direction));
            more.add(rule);
            rules.put(direction, more);
        }
        return new NetworkPolicy(policy.name(), policy.podSelector(), policy.types(), rules.get(Direction.INGRESS),
                rules.get(Direction.EGRESS));
    }
}
