package dev.lockdown.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

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
import dev.lockdown.state.Direction;
import dev.lockdown.verdict.Laggard;
import dev.lockdown.verdict.SentinelPlace;
import dev.lockdown.state.NetworkPlugin;
import dev.lockdown.state.PluginVersion;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("A journal")
class JournalTest {
    private static final Instant AT = Instant.parse("2026-11-22T14:03:11.000123Z");
    private static final Clock CLOCK = Clock.fixed(AT, ZoneOffset.UTC);

    @TempDir
    Path reports;

    static Stream<Entry> entries() {
        var planned = new LinkedHashMap<String, Integer>();
        planned.put("features/b.feature", 2);
        planned.put("features/a.feature", 1);
        return Stream.of(
            new Entry.RunStarted(AT, "20261122-140311", "0.1.0", "embedded · 2 nodes", 4711, List.of("./lockdown", "run")),
            new Entry.Plugins(AT,
                List.of(new NetworkPlugin("kube-router", new PluginVersion(2, 6, 3), "cloudnativelabs/kube-router:v2.6.3"),
                    new NetworkPlugin("flannel", null, "flannel/flannel:latest"))),
            new Entry.Plugins(AT, List.of()),
            new Entry.Planned(AT, planned, Map.of("features/b.feature", List.of(7, 12)), new PlannedShard(2, 5, "0123456789abcdef")),
            new Entry.ScenarioStarted(AT, "s1", "features/a.feature", "A", "a rule", "a \"quoted\" name\twith\u2028odd ☃ letters", 7,
                List.of("@dns")),
            new Entry.ScenarioStarted(AT, "s2", "features/b.feature", "B", null, "no rule", 3, List.of()),
            new Entry.Canary(AT, "s1", List.of(new SentinelPlace(Direction.INGRESS, "node-1", Protocol.TCP, Family.IPV4)),
                Duration.ofNanos(3_400_000), null),
            new Entry.Applied(AT, "s1", 9, edits(), AT, AT.plusNanos(1000), Duration.ofMillis(3), List.of()),
            new Entry.Applied(AT, "s1", 9, List.of(), AT, AT.plusNanos(1000), null, laggards()),
            new Entry.Observed(AT, "s1", 0, Entry.Purpose.BASELINE, observations()),
            new Entry.StepFinished(AT, "s1", 26, 5, "Then", "on TCP/8080 the truth table is", "| a | b |", Entry.Status.FAILED,
                Duration.ofSeconds(5), "1 of 6 cells differs"),
            new Entry.ScenarioFinished(AT, "s1", Entry.Status.FAILED, Duration.ofSeconds(6), "1 of 6 cells differs"),
            new Entry.RunFinished(AT, 1, Duration.ofSeconds(9), null));
    }

    private static List<Observation> observations() {
        var web = Endpoint.Pod.of("shop", "web");
        var api = new Flow(web, new Endpoint.Service(NamespacedName.parse("shop/api")), Port.parse("TCP/8080"), Family.IPV6);
        var outcomes = List.of(new Outcome.Connected(Duration.ofNanos(213_000), "shop/other", "10.42.0.5"),
            new Outcome.Connected(Duration.ofNanos(99_000), "shop/api", "10.42.0.5"),
            new Outcome.Connected(Duration.ofNanos(98_000), "shop/api", "10.42.0.6"),
            new Outcome.Resolved(Duration.ofMillis(1), List.of("10.43.0.10")), new Outcome.Misdirected("shop/other"),
            new Outcome.Refused(), new Outcome.Unreachable(Outcome.Icmp.ADMINISTRATIVELY_PROHIBITED),
            new Outcome.TimedOut(Duration.ofMillis(1500), Outcome.Lost.REQUEST), new Outcome.Unresolved("api.shop", "NXDOMAIN"),
            new Outcome.ProbeFailed("no such pod"));
        var seen = new ArrayList<Observation>();
        outcomes
            .forEach(o -> seen.add(new Observation(new Probe.Reach(api, 8080), o, AT, List.of(new Drop("node-1", "ingress of shop/api")))));
        for (var end : List.of("shop/web", "node:node-1", "host:partner.example", "kubernetes-api"))
            seen.add(new Observation(new Probe.Unasked(Flow.of(Endpoint.parse(end), web, Port.parse("UDP/53"))), new Outcome.Refused(), AT,
                List.of()));
        seen.add(
            new Observation(new Probe.Resolve(web, "api.shop", Probe.Transport.TCP, Family.IPV4), new Outcome.Refused(), AT, List.of()));
        return seen;
    }

    private static List<Edit> edits() {
        return List.of(
            new Edit(Edit.Verb.APPLIED, Edit.Kind.NETWORK_POLICY, "shop/deny-all", Map.of(), "kind: NetworkPolicy\n", "deny.yaml", 3),
            new Edit(Edit.Verb.RELABELLED, Edit.Kind.POD, "shop/web", Map.of("app", "web", "tier", "front"), null, null, 0),
            new Edit(Edit.Verb.ADDED, Edit.Kind.HOST, "partner.example", Map.of(), "ports: []\n", null, 0));
    }

    private static List<Laggard> laggards() {
        return List.of(
            new Laggard(new SentinelPlace(Direction.EGRESS, "node-2", Protocol.UDP, Family.IPV6),
                new Outcome.Connected(Duration.ofMillis(2), "lockdown-canary/caged", "10.42.0.9")),
            new Laggard(new SentinelPlace(Direction.INGRESS, "node-1", Protocol.TCP, Family.IPV4),
                new Outcome.TimedOut(Duration.ofMillis(300), Outcome.Lost.UNKNOWN)));
    }

    @ParameterizedTest
    @MethodSource("entries")
    void gives_back_what_was_written(Entry entry) {
        var folder = RunFolder.create(reports, CLOCK);
        try (var journal = Journal.in(folder)) {
            journal.append(entry);
        }
        assertThat(JournalReader.read(folder.path())).containsExactly(entry);
    }

    @Test
    void plans_every_scenario_as_often_as_it_is_run() {
        var planned = Entry.Planned.of(AT, Map.of("a.feature", List.of(3, 9)), 2);
        assertThat(planned.scenarios()).isEqualTo(Map.of("a.feature", 4));
        assertThat(planned.lines()).isEqualTo(Map.of("a.feature", List.of(3, 9)));
    }

    @Test
    void can_be_read_by_people_and_by_jq() throws IOException {
        var folder = RunFolder.create(reports, CLOCK);
        try (var journal = Journal.in(folder)) {
            journal.append(new Entry.RunStarted(AT, folder.id(), "0.1.0", "embedded", 4711, List.of("./lockdown", "run")));
            journal.append(new Entry.Observed(AT, "s1", 0, Entry.Purpose.BASELINE, observations().subList(0, 1)));
        }
        assertThat(Files.readAllLines(folder.journal())).containsExactly(
            """
                        {"type":"run-started","schema":2,"at":"2026-11-22T14:03:11.000123Z","id":"20261122-140311","version":"0.1.0",\
                        "cluster":"embedded","seed":4711,"command":["./lockdown","run"]}""",
            """
                        {"type":"observed","at":"2026-11-22T14:03:11.000123Z","scenario":"s1","line":0,"purpose":"BASELINE","asked":[0],\
                        "seen":[[0,213,3,4,[5,6]]],"names":["shop/web","service:shop/api","TCP/8080","10.42.0.5","shop/other",\
                        "node-1","ingress of shop/api"],"probes":[["reach",0,1,2,"IPv6",8080]]}""");
    }

    @Test
    void is_in_the_file_before_append_returns() {
        var folder = RunFolder.create(reports, CLOCK);
        try (var journal = Journal.in(folder)) {
            journal.append(finished(0));
            assertThat(JournalReader.read(folder.journal())).hasSize(1);
        }
    }

    @Test
    void keeps_the_lines_of_many_threads_whole() {
        var folder = RunFolder.create(reports, CLOCK);
        try (var journal = Journal.in(folder); var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            IntStream.range(0, 500).forEach(i -> threads.execute(() -> journal.append(finished(i))));
            threads.close();
        }
        assertThat(JournalReader.read(folder.path())).containsExactlyInAnyOrderElementsOf(
            IntStream.range(0, 500).mapToObj(JournalTest::finished).toList());
    }

    @Test
    void tells_its_listeners_in_the_order_of_the_lines() {
        var heard = new ArrayList<Entry>();
        var folder = RunFolder.create(reports, CLOCK);
        try (var journal = Journal.in(folder); var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            journal.listen(heard::add);
            IntStream.range(0, 500).forEach(i -> threads.execute(() -> journal.append(finished(i))));
            threads.close();
        }
        assertThat(JournalReader.read(folder.path())).isEqualTo(heard);
    }

    @Test
    void in_memory_tells_its_listeners_and_writes_nothing() {
        var heard = new ArrayList<Entry>();
        try (var journal = Journal.inMemory()) {
            journal.listen(heard::add);
            journal.append(finished(1));
        }
        assertThat(heard).containsExactly(finished(1));
        assertThat(reports).isEmptyDirectory();
    }

    @Test
    void says_once_that_the_disk_is_full_and_remembers_it() throws IOException {
        var full = Path.of("/dev/full");
        assumeTrue(Files.exists(full), "needs /dev/full");
        try (var journal = new Journal(full, new FileOutputStream(full.toFile()))) {
            assertThatThrownBy(() -> journal.append(finished(1))).isInstanceOf(JournalException.class).hasMessage(
                """
                    cannot write /dev/full: No space left on device
                      what was seen from here on is not recorded, so this run proves nothing; make room, or choose another place with --report DIR""");
            assertThat(catchThrowable(() -> journal.append(finished(2)))).isNull();
            assertThat(journal.failure()).hasMessageContaining("No space left on device");
        }
    }

    @Test
    void tells_its_listeners_even_of_what_cannot_be_written() throws IOException {
        var full = Path.of("/dev/full");
        assumeTrue(Files.exists(full), "needs /dev/full");
        var heard = new ArrayList<Entry>();
        try (var journal = new Journal(full, new FileOutputStream(full.toFile()))) {
            journal.listen(heard::add);
            catchThrowable(() -> journal.append(finished(1)));
            journal.append(finished(2));
        }
        assertThat(heard).containsExactly(finished(1), finished(2));
    }

    @Test
    void goes_on_after_the_appending_thread_was_interrupted() {
        var folder = RunFolder.create(reports, CLOCK);
        try (var journal = Journal.in(folder)) {
            Thread.currentThread().interrupt();
            journal.append(finished(1));
            assertThat(Thread.interrupted()).isTrue();
            journal.append(finished(2));
        }
        assertThat(JournalReader.read(folder.path())).hasSize(2);
    }

    static Entry finished(int i) {
        return new Entry.ScenarioFinished(AT, "s" + i, Entry.Status.PASSED, Duration.ofMillis(i), null);
    }
}
