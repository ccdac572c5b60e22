package dev.lockdown.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockdown.flow.Drop;
import dev.lockdown.flow.Endpoint;
import dev.lockdown.flow.Family;
import dev.lockdown.flow.Flow;
import dev.lockdown.flow.NamespacedName;
import dev.lockdown.flow.Observation;
import dev.lockdown.flow.Outcome;
import dev.lockdown.flow.Port;
import dev.lockdown.flow.Probe;
import dev.lockdown.flow.Protocol;
import dev.lockdown.policy.Explanation;
import dev.lockdown.policy.OpenQuestion;
import dev.lockdown.policy.Reading;
import dev.lockdown.policy.Repair;
import dev.lockdown.policy.ResolvedFlow;
import dev.lockdown.policy.RulePath;
import dev.lockdown.policy.Ruling;
import dev.lockdown.policy.Settled;
import dev.lockdown.policy.Side;
import dev.lockdown.state.Direction;
import dev.lockdown.state.PluginVersion;
import dev.lockdown.verdict.Cell;
import dev.lockdown.verdict.Control;
import dev.lockdown.verdict.Doubt;
import dev.lockdown.verdict.FoundDefect;
import dev.lockdown.verdict.KnownDefect;
import dev.lockdown.verdict.Judgement;
import dev.lockdown.verdict.Lack;
import dev.lockdown.verdict.NodeRules;
import dev.lockdown.verdict.RuleFact;
import dev.lockdown.verdict.Laggard;
import dev.lockdown.verdict.Question;
import dev.lockdown.verdict.Scope;
import dev.lockdown.verdict.SentinelPlace;
import dev.lockdown.verdict.Verdict;
import dev.lockdown.verdict.Wanted;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("A judgement in the journal")
class JudgedEntryTest {
    private static final Instant AT = Instant.parse("2026-11-22T14:03:11.000123Z");
    private static final int STEP = 20;
    private static final Duration LATE = Duration.ofMillis(1500);
    private static final Endpoint WEB = Endpoint.parse("shop/web");
    private static final Endpoint API = Endpoint.parse("shop/api");
    private static final Endpoint SERVICE = Endpoint.parse("service:shop/api");
    private static final NamespacedName NAME = NamespacedName.parse("shop/api");
    private static final Port PORT = Port.parse("TCP/8080");
    private static final Probe REACH = Probe.Reach.of(Flow.of(WEB, API, PORT));
    private static final Probe LOOKUP = new Probe.Resolve(WEB, "api.shop", Probe.Transport.EITHER, Family.IPV4);
    private static final Outcome ANSWER = new Outcome.Connected(Duration.ofNanos(213_000), "shop/api", "10.42.0.5");
    private static final Outcome SILENCE = new Outcome.TimedOut(LATE, Outcome.Lost.UNKNOWN);
    private static final Control NOT_NEEDED = new Control.NotNeeded();
    private static final Control BASELINE = new Control.Proven(Control.Grade.BASELINE);
    private static final Verdict OPEN = new Verdict.Open();

    private final EntryWriter writer = new EntryWriter();
    private final EntryReader reader = new EntryReader();

    private Entry again(Entry entry) {
        try {
            return reader.entry(reader.tree(line(entry).getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Observation seen(Probe probe, Outcome outcome) {
        return new Observation(probe, outcome, AT, List.of());
    }

    private static Cell cell(Probe probe, Control control, Verdict verdict, Outcome... outcomes) {
        return cell(Question.of(probe, Wanted.OPEN, STEP), control, verdict, null, outcomes);
    }

    private static Cell cell(Question question, Control control, Verdict verdict, @Nullable Explanation reasons, Outcome... outcomes) {
        return new Cell(question, Stream.of(outcomes).map(o -> seen(question.probe(), o)).toList(), control, verdict, reasons, false, null);
    }

    private static Cell doubtful(Doubt doubt) {
        return cell(REACH, NOT_NEEDED, new Verdict.Inconclusive(doubt), SILENCE);
    }

    static Stream<Cell> verdicts() {
        return Stream.of(
            cell(REACH, NOT_NEEDED, OPEN, ANSWER),
            cell(REACH, NOT_NEEDED, OPEN, ANSWER, ANSWER, ANSWER),
            cell(REACH, BASELINE, OPEN, ANSWER),
            cell(REACH, BASELINE, new Verdict.Blocked(Verdict.Manner.DROPPED, Control.Grade.BASELINE), SILENCE),
            cell(REACH, new Control.Proven(Control.Grade.DATA_PLANE),
                new Verdict.Blocked(Verdict.Manner.REJECTED, Control.Grade.DATA_PLANE), new Outcome.Refused()),
            cell(REACH, new Control.Proven(Control.Grade.REMOVAL), new Verdict.Mixed(List.of(ANSWER, SILENCE)), ANSWER, SILENCE),
            cell(Question.in(new Question.Label("a row", "a column"), REACH, Wanted.BLOCKED, 7), NOT_NEEDED, OPEN, null, ANSWER),
            cell(Question.in(new Question.Label("shop/web", "shop/api"), REACH, Wanted.MIXED, 31), NOT_NEEDED, OPEN, null, ANSWER),
            cell(Question.of(REACH, Wanted.OPEN, STEP).byName(), NOT_NEEDED, OPEN, null, ANSWER),
            new Cell(Question.of(REACH, Wanted.OPEN, STEP), List.of(seen(REACH, ANSWER)), NOT_NEEDED, OPEN, null, true, null),
            new Cell(Question.of(REACH, Wanted.OPEN, STEP), List.of(seen(REACH, ANSWER)), NOT_NEEDED, OPEN, null, false, "10.42.0.9"));
    }

    static Stream<Cell> doubts() {
        var place = new SentinelPlace(Direction.EGRESS, "node-2", Protocol.UDP, Family.IPV6);
        return Stream.of(doubtful(new Doubt.UnclearOutcome(new Outcome.Misdirected("shop/impostor"))),
            doubtful(new Doubt.UnclearOutcome(new Outcome.ProbeFailed("no such pod"))),
            doubtful(new Doubt.NoControl(SILENCE, new Lack.NoRuleNamed())),
            doubtful(new Doubt.UnprovenBackends(new Lack.NoEndpoints(NAME))),
            doubtful(new Doubt.UnresolvedName(new Outcome.Unresolved("api.shop", "NXDOMAIN"))),
            new Cell(Question.of(REACH, Wanted.OPEN, STEP), List.of(), NOT_NEEDED, new Verdict.Inconclusive(
                new Doubt.NotEnforced(List.of(new Laggard(place, SILENCE), new Laggard(place, ANSWER)), Duration.ofSeconds(30))), null,
                false, null));
    }

    static Stream<Cell> repairs() {
        return Stream.of(List.of(new Repair(Repair.Kind.TARGET_PORT, NAME, "port: 80", "port: 8080", "policies.yaml", 12)),
            List.of(new Repair(Repair.Kind.CLUSTER_IP, NAME, "cidr", "podSelector", null, 0),
                new Repair(Repair.Kind.NEAREST_LABEL, NAME, "app=wbe", "app=web", "a.feature", 1)))
            .map(repairs -> new Cell(Question.of(REACH, Wanted.OPEN, STEP), List.of(seen(REACH, ANSWER)), NOT_NEEDED, OPEN, null, false,
                null, repairs, null, List.of()));
    }

    static Stream<FoundDefect> defects() {
        return Stream.of(KnownDefect.values())
            .flatMap(d -> Stream.of(new FoundDefect(d, null), new FoundDefect(d, new PluginVersion(2, 6, 3))));
    }

    @ParameterizedTest
    @MethodSource("defects")
    void keeps_the_known_defect(FoundDefect defect) {
        gives(new Scope.Named(),
            List.of(new Cell(Question.of(REACH, Wanted.OPEN, STEP), List.of(seen(REACH, ANSWER)), NOT_NEEDED, OPEN, null, false, null)
                .with(defect)));
    }

    @ParameterizedTest
    @MethodSource("repairs")
    void keeps_the_repairs_of_policies(Cell cell) {
        gives(new Scope.Named(), List.of(cell));
    }

    /// What is said of a flow that arrives where it is sent has no word of its port.
    @Test
    void shares_the_sentences_of_flows_that_differ_in_their_port_alone() {
        var cells = Stream.of("TCP/8080", "TCP/9090").map(port -> Flow.of(WEB, API, Port.parse(port)))
            .map(flow -> cell(Question.of(Probe.Reach.of(flow), Wanted.OPEN, STEP), NOT_NEEDED, OPEN,
                Explanation.of(flow, List.of(leg("shop/api", flow.port()))), ANSWER))
            .toList();
        again(new Entry.Observed(AT, "s1", STEP, Entry.Purpose.VERDICT, cells.stream().flatMap(c -> c.observations().stream()).toList()));
        var judged = (Entry.Judged) again(
            new Entry.Judged(AT, "s1", STEP, new Judgement(new Scope.Named(), cells, 1, Duration.ZERO)));
        var read = judged.judgement().cells();
        assertThat(read).extracting(c -> Objects.requireNonNull(c.reasons()).flow()).containsExactlyElementsOf(
            cells.stream().map(c -> Objects.requireNonNull(c.reasons()).flow()).toList());
        assertThat(read.getFirst().expectation()).isSameAs(read.getLast().expectation());
    }

    static Stream<Cell> lacks() {
        return Stream.of(new Lack.PodDown(NAME), new Lack.NoListener(NAME, PORT), new Lack.NoEndpoints(NAME),
            new Lack.NoAnswerForBystander(SERVICE, PORT), new Lack.NoEchoForBystander(API), new Lack.NoNameForBystander("api.shop"),
            new Lack.NoRuleNamed(), new Lack.ShutInBaseline(new Outcome.Unreachable(Outcome.Icmp.NO_ROUTE)), new Lack.NothingToCompare())
            .map(lack -> cell(REACH, new Control.Missing(lack), new Verdict.Inconclusive(new Doubt.NoControl(SILENCE, lack)), SILENCE));
    }

    static Stream<Cell> probes() {
        return Stream.of(new Probe.Reach(new Flow(WEB, SERVICE, PORT, Family.IPV6), 0),
            new Probe.Reach(new Flow(WEB, Endpoint.parse("node:node-1"), PORT, Family.IPV4), 5353),
            Probe.Reach.of(Flow.of(WEB, Endpoint.parse("kubernetes-api"), PORT)),
            new Probe.Unasked(new Flow(WEB, API, Port.parse("UDP/53"), Family.IPV6)), new Probe.Ping(WEB, API, Family.IPV6),
            new Probe.Ping(WEB, API, Family.IPV4), LOOKUP, new Probe.Resolve(WEB, "api.shop", Probe.Transport.TCP, Family.IPV6),
            new Probe.Resolve(WEB, "api.shop", Probe.Transport.UDP, Family.IPV4))
            .map(probe -> cell(Question.of(probe, Wanted.OPEN, STEP), NOT_NEEDED, OPEN, reasons(ReasonedFlow.of(probe)), ANSWER));
    }

    static Stream<Cell> reasons() {
        var flow = Flow.of(WEB, SERVICE, Port.parse("TCP/80"));
        return Stream.of(reasons(flow), reasons(Flow.of(API, WEB, PORT)), Explanation.of(flow, List.of()),
            Explanation.of(flow, List.of(leg("service:shop/api", PORT), leg("shop/api", Port.parse("TCP/80")))))
            .map(e -> cell(Question.of(Probe.Reach.of(flow), Wanted.OPEN, STEP), NOT_NEEDED, OPEN, e, ANSWER));
    }

    /// With readings of every kind, and several places where the flow may arrive.
    private static Explanation reasons(Flow flow) {
        return Explanation.of(flow, List.of(leg("shop/api-1", PORT), leg("shop/api-2", Port.parse("UDP/53")),
            leg(flow.destination().toString(), flow.port())));
    }

    private static ResolvedFlow leg(String destination, Port port) {
        var policy = NamespacedName.parse("shop/allow");
        return new ResolvedFlow(destination, port,
            side(Direction.EGRESS, OpenQuestion.HAIRPIN, new Reading.Unsettled(policy, new RulePath(Direction.EGRESS, 0, -1),
                OpenQuestion.HAIRPIN), new Reading.Admits(policy, new RulePath(Direction.EGRESS, 1, 2))),
            side(Direction.INGRESS, Settled.ADMITTED,
                new Reading.Misses(NAME, new RulePath(Direction.INGRESS, 3, 4), () -> "too \"far\"", 5),
                new Reading.Admits(policy, new RulePath(Direction.INGRESS, 0, 0))));
    }

    private static Side side(Direction direction, Ruling ruling, Reading... readings) {
        return new Side(direction, "shop/web", ruling, List.of(NamespacedName.parse("shop/allow"), NAME), List.of(readings), List.of());
    }

    @ParameterizedTest
    @MethodSource({"verdicts", "doubts", "lacks", "probes", "reasons"})
    void gives_every_kind_of_cell_back(Cell cell) {
        gives(new Scope.Named(), List.of(cell));
    }

    @Test
    void gives_all_cells_of_a_scenario_back_in_their_order() {
        var all = Stream.of(verdicts(), doubts(), lacks(), probes(), reasons()).flatMap(cells -> cells).toList();
        gives(new Scope.OnPorts(List.of("TCP/80", "UDP/53")), all);
        gives(new Scope.EveryFlow(), all);
        gives(new Scope.OpenInBaseline(), all.reversed());
        gives(new Scope.ShutBeforeTheChange(), all);
    }

    private void gives(Scope scope, List<Cell> cells) {
        var round = cells.stream().flatMap(c -> c.observations().stream()).toList();
        var observed = new Entry.Observed(AT, "s1", STEP, Entry.Purpose.VERDICT, round);
        var judged = new Entry.Judged(AT, "s1", STEP, new Judgement(scope, cells, 12, Duration.ofSeconds(5)));
        assertThat(again(observed)).isEqualTo(observed);
        assertThat(shown((Entry.Judged) again(judged))).isEqualTo(shown(judged));
    }

    static Stream<Cell> rules() {
        var facts = List.<RuleFact>of(new RuleFact.NoChain(Direction.INGRESS, "10.42.1.7"), new RuleFact.NoRule(Direction.EGRESS, NAME),
            new RuleFact.NoPort(Direction.INGRESS, NAME, "C", PORT), new RuleFact.NoPort(Direction.INGRESS, NAME, "C", null),
            new RuleFact.SetLacks(Direction.INGRESS, NAME, "C", "S", "10.42.1.7"),
            new RuleFact.LetsThrough(Direction.EGRESS, NAME, "C", "-j \"ACCEPT\""),
            new RuleFact.SetHas(Direction.EGRESS, NAME, "C", "S", "fd00::7"), new RuleFact.AsExpected(Direction.EGRESS));
        var chains = List.of(new NodeRules.Chain("filter (iptables)", "C", List.of("-s 10.42.1.7/32 -j D", "-j DROP")),
            new NodeRules.Chain("filter (iptables)", "D", List.of()));
        var sets = List.of(new NodeRules.SetSeen("S", NAME, 3, true, false, List.of("10.42.1.8"), List.of()),
            new NodeRules.SetSeen("T", null, 0, false, true, List.of(), List.of("10.42.1.9")));
        var cell = cell(REACH, NOT_NEEDED, OPEN, ANSWER);
        return Stream.of(
            cell.found(List.of(new NodeRules("node-1", "kube-router 2.6.3", facts, chains, sets, List.of(), "rules-line-7-node-1.txt"),
                new NodeRules("node-2", "", List.of(), List.of(), List.of(), List.of("nft was not read: no"), "rules-line-7-node-2.txt"))));
    }

    @ParameterizedTest
    @MethodSource("rules")
    void keeps_what_nodes_had_programmed(Cell cell) {
        gives(new Scope.Named(), List.of(cell, cell));
    }

    /// Reasons are compared by what they say, because a miss holds what makes its words.
    private static List<Object> shown(Entry.Judged judged) {
        var shown = new ArrayList<Object>(Arrays.asList(judged.at(), judged.scenario(), judged.line(), judged.judgement().scope(),
            judged.judgement().rounds(), judged.judgement().took()));
        for (var c : judged.judgement().cells()) {
            shown.add(new Cell(c.question(), c.observations(), c.control(), c.verdict(), null, c.eitherWay(), c.translatedFrom(),
                c.repairs(), c.defect(), c.rules()));
            if (c.reasons() == null) continue;
            shown.add(c.reasons().flow());
            for (var r : c.reasons().resolvedFlows()) {
                shown.addAll(List.of(r.destination(), r.port()));
                for (var side : r.sides())
                    shown.addAll(List.of(side.direction(), side.subject(), side.ruling(), side.isolating(), side.readings().toString(),
                        side.misses().stream().map(Reading.Misses::distance).toList()));
            }
        }
        return shown;
    }

    @Test
    void may_point_backwards_into_its_round() {
        var first = cell(REACH, NOT_NEEDED, OPEN, ANSWER);
        var second = cell(LOOKUP, NOT_NEEDED, OPEN, new Outcome.Resolved(Duration.ofMillis(1), List.of("10.43.0.10", "fd00::1")));
        var round = List.of(first.observations().getFirst(), second.observations().getFirst());
        var judged = new Entry.Judged(AT, "s1", STEP, new Judgement(new Scope.Named(), List.of(second, first, second), 1, Duration.ZERO));
        again(new Entry.Observed(AT, "s1", STEP, Entry.Purpose.VERDICT, round));
        assertThat(again(judged)).isEqualTo(judged);
    }

    @Test
    void cannot_speak_of_what_was_not_seen_in_the_round() {
        var judged = new Entry.Judged(AT, "s1", STEP,
            new Judgement(new Scope.Named(), List.of(cell(REACH, NOT_NEEDED, OPEN, ANSWER)), 1, Duration.ZERO));
        writer.line(new Entry.Observed(AT, "s1", STEP, Entry.Purpose.CONTROL, List.of(seen(REACH, ANSWER))));
        assertThatThrownBy(() -> writer.line(judged))
            .hasMessage("a cell's observations are not of the last round: shop/web to shop/api on TCP/8080");
    }

    @Test
    void is_preceded_by_rounds_that_ask_the_same_again_or_something_else() {
        var many = Stream.of("a", "b", "c", "d").<Probe>map(n -> Probe.Reach.of(Flow.of(Endpoint.Pod.of("shop", n), API, PORT))).toList();
        var first = observed(AT, many);
        var later = observed(AT.plusSeconds(1), many);
        var other = observed(AT.plusSeconds(2), List.of(many.get(3), many.get(1), many.get(2), many.get(0), REACH));
        for (var entry : List.of(first, later, other, first)) assertThat(again(entry)).isEqualTo(entry);
        assertThat(line(first)).contains("\"again\":true").doesNotContain("\"asked\"");
        assertThat(new String(new EntryWriter().line(first), StandardCharsets.UTF_8)).contains("\"asked\":[[0,4]]");
        assertThat(new String(new EntryWriter().line(observed(AT, many.subList(0, 2))), StandardCharsets.UTF_8))
            .contains("\"asked\":[0,1]");
    }

    @Test
    void names_runs_of_probes_by_the_first_and_their_number() {
        var many = Stream.of("a", "b", "c", "d").<Probe>map(n -> Probe.Reach.of(Flow.of(Endpoint.Pod.of("shop", n), API, PORT))).toList();
        assertThat(line(observed(AT, many))).contains("\"probes\":[[0,1,2],[3,1,2],[4,1,2],[5,1,2]]");
        assertThat(line(observed(AT, List.of(many.get(3), many.get(0), many.get(1), many.get(2))))).contains("\"asked\":[3,[0,3]]");
        assertThat(line(observed(AT, List.of(many.get(3), many.get(1), many.get(2), many.get(0))))).contains("\"asked\":[3,1,2,0]");
    }

    @ParameterizedTest
    @CsvSource({"shop/api, shop/api", "service:shop/api, shop/api", "node:node-1, node-1", "host:partner.example, partner.example",
        "kubernetes-api, kubernetes-api"})
    void does_not_say_who_answered_where_it_was_the_destination(String destination, String by) {
        var probe = Probe.Reach.of(Flow.of(WEB, Endpoint.parse(destination), PORT));
        var answer = seen(probe, new Outcome.Connected(Duration.ofNanos(213_000), by, "10.42.0.5"));
        var entry = new Entry.Observed(AT, "s1", STEP, Entry.Purpose.BASELINE, List.of(answer, answer));
        assertThat(line(entry)).contains("\"seen\":[[0,213,3],[0,213]]");
    }

    @Test
    void is_mixed_by_the_dials_alone_and_not_by_the_name_beside_them() {
        var observations = List.of(seen(REACH, ANSWER), seen(REACH, SILENCE), seen(LOOKUP, new Outcome.Refused()));
        gives(new Scope.Named(), List.of(new Cell(Question.of(REACH, Wanted.MIXED, STEP).byName(), observations, BASELINE,
            new Verdict.Mixed(List.of(ANSWER, SILENCE)), null, false, null)));
    }

    @Test
    void comes_after_edits_that_name_a_line_only_where_there_is_one() {
        var edit = new Edit(Edit.Verb.ADDED, Edit.Kind.HOST, "partner.example", Map.of(), "ports: []\n", null, 0);
        assertThat(line(new Entry.Applied(AT, "s1", 9, List.of(edit), AT, AT, null, List.of()))).contains(
            "\"edits\":[{\"verb\":\"added\",\"kind\":\"external host\",\"name\":\"partner.example\",\"manifest\":\"ports: []\\n\"}]");
    }

    private String line(Entry entry) {
        return new String(writer.line(entry), StandardCharsets.UTF_8);
    }

    private static Entry observed(Instant at, List<Probe> probes) {
        var drops = List.of(new Drop("node-1", "ingress of shop/api"), new Drop("node-2", "egress of shop/web"));
        var seen = new ArrayList<Observation>();
        for (var probe : probes)
            seen.add(new Observation(probe, seen.size() % 2 == 0 ? ANSWER : SILENCE, at.plusNanos(7_000L * seen.size()), drops));
        return new Entry.Observed(at, "s1", STEP, Entry.Purpose.BASELINE, seen);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "\"of\":\"named\" | \"of\":\"some\" | there is no scope \"some\"",
        "\"OPEN\"] | \"AJAR\"] | there is no verdict \"AJAR\"",
        "\"cells\":[[0,0,-1,0]] | \"cells\":[[7,0,-1,0]] | probe 7 is not among those of the lines before",
        "\"cells\":[[0,0,-1,0]] | \"cells\":[[-1,0,-1,0]] | probe -1 is not among those of the lines before",
        "\"cells\":[[0,0,-1,0]] | \"cells\":[[0,\"x\",-1,0]] | a cell's line is no whole number",
        "\"cells\":[[0,0,-1,0]] | \"cells\":[[0,0,0,0]] | reason 0 is not among those of the lines before",
        "\"cells\":[[0,0,-1,0]] | \"cells\":[[0,0,-1,0,{\"dials\":2}]] | the last round has 1 observations and no more",
        "\"OPEN\"] | \"DROPPED\"] | a blocked flow needs a control", "\"rounds\":1 | \"rounds\":\"1\" | rounds is no whole number",
        "\"tookMicros\":0 | \"tookMicros\":null | tookMicros is no whole number", "\"judged\" | 5 | type is no text",
        "2026-11-22 | 2026-13-22 | Text '2026-13-22T14:03:11.000123Z' could not be parsed"})
    void is_refused_where_it_was_damaged(String written, String damaged, String why) throws IOException {
        var cell = cell(REACH, NOT_NEEDED, OPEN, ANSWER);
        again(new Entry.Observed(AT, "s1", STEP, Entry.Purpose.VERDICT, cell.observations()));
        var judged = new Entry.Judged(AT, "s1", STEP, new Judgement(new Scope.Named(), List.of(cell), 1, Duration.ZERO));
        var line = line(judged);
        assertThat(line).contains(written);
        var tree = reader.tree(line.replace(written, damaged).getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> reader.entry(tree)).isInstanceOf(IllegalArgumentException.class).hasMessageStartingWith(why);
    }
}
