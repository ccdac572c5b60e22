package dev.lockdown.report;

import dev.lockdown.flow.Endpoint;
import dev.lockdown.flow.Family;
import dev.lockdown.flow.Flow;
import dev.lockdown.flow.Observation;
import dev.lockdown.flow.Outcome;
import dev.lockdown.flow.Port;
import dev.lockdown.flow.Probe;
import dev.lockdown.flow.Protocol;
import dev.lockdown.journal.Edit;
import dev.lockdown.journal.Entry;
import dev.lockdown.journal.Entry.Status;
import dev.lockdown.state.Direction;
import dev.lockdown.verdict.Cell;
import dev.lockdown.verdict.Cells;
import dev.lockdown.verdict.Control;
import dev.lockdown.verdict.Judgement;
import dev.lockdown.verdict.Lack;
import dev.lockdown.verdict.Question;
import dev.lockdown.verdict.Scope;
import dev.lockdown.verdict.SentinelPlace;
import dev.lockdown.verdict.Verdict;
import dev.lockdown.verdict.Wanted;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A run of 31 scenarios as a journal tells it: one fails in a truth table, one proves nothing, one is skipped.
public final class SampleRun {
    public static final String ID = "20261122-140311";
    static final Instant START = Instant.parse("2026-11-22T14:03:11.000123Z");
    private static final String DENY_ALL = """
            apiVersion: networking.k8s.io/v1
            kind: NetworkPolicy
            metadata: {name: deny-all, namespace: shop}
            spec:
              podSelector: {}
              policyTypes: [Ingress, Egress]
            """;
    private static final String ALLOW_DNS = """
            apiVersion: networking.k8s.io/v1
            kind: NetworkPolicy
            metadata: {name: allow-dns, namespace: shop}
            spec:
              podSelector: {}
              policyTypes: [Egress]
              egress:
              - to:
                - namespaceSelector:
                    matchLabels: {kubernetes.io/metadata.name: kube-system}
                  podSelector:
                    matchLabels: {k8s-app: kube-dns}
                ports:
                - {protocol: UDP, port: 53}
                - {protocol: TCP, port: 53}
            """;
    private static final Scope NAMED = new Scope.Named();
    private static final Scope TABLE = new Scope.OnPorts(List.of("TCP/8080"));
    private static final List<String> PODS = List.of("shop/web", "shop/api", "monitoring/prom");

    private final List<Entry> entries = new ArrayList<>();
    private Instant now = START;

    private SampleRun() {}

    /// The folder that the features' paths start from.
    public static Path features() {
        try {
            return Path.of(SampleRun.class.getResource("features/dns.feature").toURI()).getParent().getParent();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    public static Run run() {
        return Run.of(entries());
    }

    public static List<Entry> entries() {
        var sample = new SampleRun();
        sample.write();
        return List.copyOf(sample.entries);
    }

    private void write() {
        entries.add(new Entry.RunStarted(now, ID, "0.1.0", "embedded · 2 nodes", 4711, List.of("./lockdown", "run")));
        var planned = new LinkedHashMap<String, Integer>();
        planned.put("features/aftermath.feature", 7);
        planned.put("features/allow-all.feature", 4);
        planned.put("features/api-server.feature", 4);
        planned.put("features/default-deny.feature", 5);
        planned.put("features/dns.feature", 5);
        planned.put("features/one-side.feature", 2);
        planned.put("features/outside.feature", 2);
        planned.put("features/replies.feature", 2);
        entries.add(new Entry.Planned(now, planned, Map.of(), null));
        aftermath();
        many("features/allow-all.feature", "Nothing is denied by default", "Every pod reaches every pod on the ports it serves",
            "Every pod reaches the outside", "Every pod resolves names", "Every pod reaches the API server");
        many("features/api-server.feature", "The API server is outside of every pod selector",
            "Labels of a Service select no pod, so the often-read advice heals nothing", "An ipBlock of the endpoints' address heals it",
            "An ipBlock of the ClusterIP does not");
        inconclusive();
        many("features/default-deny.feature", "Solitary confinement", "Ingress denied", "Egress denied", "Both denied",
            "A pod still reaches its own address", "The kubelet still reaches its pods");
        dns();
        many("features/one-side.feature", "Both halves are needed", "One side is enough while the other is not isolated",
            "Under a lockdown of both directions each half alone fails");
        many("features/outside.feature", "The internet", "The internet without private ranges", "The metadata address stays shut");
        many("features/replies.feature", "Replies need no rule", "One-way ingress lets TCP and UDP replies back");
        skipped();
        entries.add(new Entry.RunFinished(now, 1, Duration.ofMillis(8910), null));
    }

    private void aftermath() {
        many("features/aftermath.feature", "What a lockdown breaks, exactly", "Names", "The API server", "Metrics pushed out",
            "Metrics scraped in", "A mounted token is still readable", "The kubelet's probes go on",
            "A <script>alert(\"lockdown\")</script> & other odd names");
    }

    private void many(String feature, String title, String... names) {
        int line = 6;
        for (var name : names) {
            var id = feature + ":" + line;
            start(id, feature, title, name, line, List.of("@smoke"));
            apply(id, line + 1, "shop/deny-all", DENY_ALL, 3);
            step(id, line + 1, "When ", "\"shop\" denies all ingress and egress", null, Status.PASSED, 4, null);
            judge(id, line + 2, TABLE, table(line + 3, true));
            step(id, line + 2, "Then ", "on TCP/8080 the truth table is", argument(), Status.PASSED, 12, null);
            finish(id, Status.PASSED, 140, null);
            line += 9;
        }
    }

    private void dns() {
        var feature = "features/dns.feature";
        var title = "DNS is the first thing that a lockdown breaks";
        start("dns1", feature, title, "Without an allowance no name resolves", 17, List.of("@dns"));
        apply("dns1", 18, "shop/deny-all", DENY_ALL, 2);
        step("dns1", 18, "When ", "\"shop\" denies all egress", null, Status.PASSED, 3, null);
        judge("dns1", 19, NAMED, List.of(resolve(19, "shop/web resolves api.shop.svc.cluster.local", "blocked")));
        step("dns1", 19, "Then ", "\"shop/web\" can no longer resolve api.shop.svc.cluster.local", null, Status.PASSED, 4, null);
        finish("dns1", Status.PASSED, 90, null);
        failed(feature, title);
        for (var name : Map.of(32, "With UDP alone a large answer fails over TCP", 38, "Two entries instead of one open more than DNS", 43,
            "Names resolve again but the named pods stay shut").entrySet().stream().sorted(Map.Entry.comparingByKey()).toList()) {
            var id = "dns" + name.getKey();
            start(id, feature, title, name.getValue(), name.getKey(), List.of("@dns"));
            apply(id, name.getKey() + 2, "shop/allow-dns", ALLOW_DNS, 4);
            step(id, name.getKey() + 2, "When ", "policies/allow-dns.yaml is applied to \"shop\"", null, Status.PASSED, 5, null);
            judge(id, name.getKey() + 3, NAMED,
                List.of(resolve(name.getKey() + 3, "shop/web resolves api.shop.svc.cluster.local", "open")));
            step(id, name.getKey() + 3, "Then ", "\"shop/web\" can again resolve api.shop.svc.cluster.local", null, Status.PASSED, 4, null);
            finish(id, Status.PASSED, 120, null);
        }
    }

    private void failed(String feature, String title) {
        start("dns21", feature, title, "DNS allowed, nothing else", 21, List.of("@dns", "@issue-12"));
        apply("dns21", 22, "shop/deny-all", DENY_ALL, 3);
        step("dns21", 22, "Given ", "\"shop\" denies all ingress and egress", null, Status.PASSED, 4, null);
        apply("dns21", 23, "shop/allow-dns", ALLOW_DNS, 9);
        step("dns21", 23, "When ", "policies/allow-dns.yaml is applied to \"shop\"", null, Status.PASSED, 10, null);
        for (int line : new int[] {24, 25}) {
            var text = line == 24 ? "api.shop.svc.cluster.local" : "web.shop.svc.cluster.local";
            var pod = line == 24 ? "shop/web" : "shop/api";
            judge("dns21", line, NAMED, List.of(resolve(line, pod + " resolves " + text, "open")));
            step("dns21", line, line == 24 ? "Then " : "And ", "\"%s\" can again resolve %s".formatted(pod, text), null, Status.PASSED, 6,
                null);
        }
        entries.add(new Entry.Judged(now, "dns21", 26, new Judgement(TABLE, table(28, false), 12, Duration.ofMillis(5003))));
        step("dns21", 26, "And ", "on TCP/8080 the truth table is", argument(), Status.FAILED, 5010, "1 of 6 cells differs on TCP/8080");
        finish("dns21", Status.FAILED, 5200, "1 of 6 cells differs on TCP/8080");
    }

    private void inconclusive() {
        var feature = "features/api-server.feature";
        start("api33", feature, "The API server is outside of every pod selector", "From a pod on another node than the API's", 33,
            List.of());
        apply("api33", 34, "shop/deny-all", DENY_ALL, 3);
        step("api33", 34, "Given ", "\"shop\" denies all egress", null, Status.PASSED, 4, null);
        var question = Question.of(Cells.probe("shop/web to kubernetes-api on TCP/443"), Wanted.BLOCKED, 35);
        var cell =
            Cells.judged(question, new Control.Missing(new Lack.NoAnswerForBystander(new Endpoint.KubernetesApi(), Port.parse("TCP/443"))),
                Cells.denied(question.probe()), new Outcome.TimedOut(Duration.ofMillis(1500), Outcome.Lost.UNKNOWN));
        judge("api33", 35, NAMED, List.of(cell));
        step("api33", 35, "Then ", "\"shop/web\" can no longer reach the Kubernetes API on TCP/443", null, Status.INCONCLUSIVE, 1600,
            "shop/web to kubernetes-api on TCP/443 proves nothing");
        finish("api33", Status.INCONCLUSIVE, 1700, "shop/web to kubernetes-api on TCP/443 proves nothing");
    }

    private void skipped() {
        var feature = "features/replies.feature";
        entries
            .add(new Entry.ScenarioStarted(now, "sctp", feature, "Replies need no rule", "With SCTP", "An association goes one way too", 15,
                List.of("@needs:sctp")));
        finish("sctp", Status.SKIPPED, 0, "this kernel has no SCTP (modprobe sctp)");
    }

    private void start(String id, String feature, String title, String name, int line, List<String> tags) {
        entries.add(new Entry.ScenarioStarted(now, id, feature, title, null, name, line, tags));
        pass(20);
        entries.add(new Entry.Canary(now, id, List.of(
            new SentinelPlace(Direction.EGRESS, "node-1", Protocol.TCP, Family.IPV4),
            new SentinelPlace(Direction.INGRESS, "node-2", Protocol.UDP, Family.IPV4)), Duration.ofNanos(3_020_000), null));
        entries.add(new Entry.Observed(now, id, 0, Entry.Purpose.BASELINE, baseline()));
        step(id, 7, "Given ", "the namespaces", "| name       | labels    |\n| shop       | team=shop |\n| monitoring |           |",
            Status.PASSED, 1, null);
    }

    private List<Observation> baseline() {
        var seen = new ArrayList<Observation>();
        for (var from : PODS)
            for (var to : PODS)
                for (var port : List.of("TCP/8080", "TCP/9090"))
                    seen.add(new Observation(Probe.Reach.of(Flow.of(Endpoint.parse(from), Endpoint.parse(to), Port.parse(port))),
                        port.equals("TCP/8080") || to.startsWith("monitoring")
                            ? new Outcome.Connected(Duration.ofNanos(213_000), to, "10.42.0.5") : new Outcome.Refused(),
                        now, List.of()));
        return seen;
    }

    private void apply(String id, int line, String policy, String manifest, int enforced) {
        entries
            .add(new Entry.Applied(now, id, line,
                List.of(new Edit(Edit.Verb.APPLIED, Edit.Kind.NETWORK_POLICY, policy, Map.of(), manifest, null, 0)),
                now, now.plusMillis(1), Duration.ofMillis(enforced), List.of()));
    }

    private void judge(String id, int line, Scope scope, List<Cell> cells) {
        entries.add(new Entry.Judged(now, id, line, new Judgement(scope, cells, 3, Duration.ofMillis(12))));
    }

    private void step(String id, int line, String keyword, String text, String argument, Status status, int millis, String problem) {
        pass(millis);
        entries.add(new Entry.StepFinished(now, id, line, 5, keyword, text, argument, status, Duration.ofMillis(millis), problem));
    }

    private void finish(String id, Status status, int millis, String problem) {
        entries.add(new Entry.ScenarioFinished(now, id, status, Duration.ofMillis(millis), problem));
    }

    private void pass(int millis) {
        now = now.plusMillis(millis);
    }

    private static String argument() {
        return """
                | from            | shop/web | shop/api | monitoring/prom |
                | shop/web        | -        | blocked  | blocked         |
                | shop/api        | blocked  | -        | blocked         |
                | monitoring/prom | blocked  | blocked  | -               |""";
    }

    private static Cell resolve(int line, String row, String seen) {
        return Cells.of(row, line, seen, seen);
    }

    /// All pairs, all blocked; or with `shop/web` to `shop/api` open by a rewritten source.
    private static List<Cell> table(int line, boolean asWanted) {
        var cells = new ArrayList<Cell>();
        for (int row = 0; row < 3; row++) for (int column = 0; column < 3; column++) {
            if (row == column) continue;
            var label = new Question.Label(PODS.get(row), PODS.get(column));
            var question = Question.in(label, Cells.probe("%s to %s on TCP/8080".formatted(label.row(), label.column())), Wanted.BLOCKED,
                line + row);
            var reasons = Cells.denied(question.probe());
            if (asWanted || row != 0 || column != 1) cells.add(Cells.of(question, "blocked", reasons));
            else {
                var seen =
                    List.of(new Observation(question.probe(), new Outcome.Connected(Duration.ofNanos(200_000), "shop/api", "10.42.1.1"),
                        START, List.of()));
                cells.add(new Cell(question, seen, new Control.NotNeeded(), new Verdict.Open(), reasons, false, "10.42.0.5"));
            }
        }
        return cells;
    }
}
