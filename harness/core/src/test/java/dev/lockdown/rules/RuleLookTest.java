package dev.lockdown.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.lockdown.cluster.Cluster;
import dev.lockdown.cluster.ClusterException;
import dev.lockdown.cluster.DifferingFlow;
import dev.lockdown.cluster.NodeDump;
import dev.lockdown.cluster.NodeDump.Kind;
import dev.lockdown.cluster.NodeDump.Part;
import dev.lockdown.state.NetworkPlugin;
import dev.lockdown.state.PluginVersion;
import dev.lockdown.verdict.Cell;
import dev.lockdown.verdict.Cells;
import dev.lockdown.verdict.NodeRules;
import dev.lockdown.verdict.RuleWording;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayName("A look at the rules of nodes")
class RuleLookTest {
    private static final Instant CHANGED = Instant.parse("2026-11-29T08:00:00Z");
    private static final DumpedFlow THERE = new DumpedFlow().namespace("shop", Map.of())
        .pod("shop/web", "node-1", "10.42.1.7", Map.of("app", "web")).pod("shop/api", "node-2", "10.42.2.9", Map.of("app", "api")).policy("""
            apiVersion: networking.k8s.io/v1
            kind: NetworkPolicy
            metadata: {name: shut, namespace: shop}
            spec: {podSelector: {matchLabels: {app: api}}}
            """);
    private static final Cell OPEN = Cells.of("shop/web to shop/api on TCP/80", 7, "blocked", "open");
    private static final Cell BACK = Cells.of("shop/api to shop/web on TCP/80", 7, "blocked", "open");
    private static final Cell RIGHT = Cells.of("shop/web to shop/api on TCP/81", 7, "blocked", "blocked");
    private static final Cell UNDECIDED = Cells.of("shop/web to shop/api on TCP/82", 7, "blocked", "unproven");

    private final AtomicReference<Instant> now = new AtomicReference<>(CHANGED);
    private final AtomicInteger calls = new AtomicInteger();
    private Function<List<DifferingFlow>, List<NodeDump>> dumps = _ -> List.of();
    private Supplier<List<NetworkPlugin>> plugins = List::of;
    private Duration since = Duration.ZERO;
    private Duration longest = Duration.ofSeconds(20);

    @SuppressWarnings("unchecked")
    private Cluster cluster() {
        InvocationHandler handler = (_, method, arguments) -> switch (method.getName()) {
            case "state" -> THERE.state();
            case "addresses" -> THERE.addresses();
            case "networkPlugins" -> plugins.get();
            case "longestDump" -> longest;
            case "dumps" -> {
                calls.incrementAndGet();
                since = (Duration) arguments[1];
                yield dumps.apply((List<DifferingFlow>) arguments[0]);
            }
            default -> throw new AssertionError(method.toString());
        };
        return (Cluster) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {Cluster.class}, handler);
    }

    private RuleLook look() {
        return new RuleLook(cluster(), now::get);
    }

    private static NodeDump dump(String node, Part... parts) {
        return new NodeDump(node, List.of(parts), Map.of(), Map.of(), List.of());
    }

    private static List<NodeRules> rules(RuleLook look, Cell... cells) {
        var steps = look.at(List.of(new RuleLook.Step(7, List.of(cells))));
        assertThat(steps).singleElement().extracting(RuleLook.Step::line).isEqualTo(7);
        return steps.getFirst().cells().getFirst().rules();
    }

    @Test
    void asks_the_nodes_of_what_differs_and_adds_what_they_say() {
        var asked = new AtomicReference<List<DifferingFlow>>(List.of());
        dumps = flows -> {
            asked.set(flows);
            return List.of(dump("node-1", new Part(Kind.LOG, "log of kube-router", "syncing")), dump("node-2", new Part(Kind.IPTABLES,
                "iptables", "*filter\n:FORWARD ACCEPT [0:0]\n:KUBE-ROUTER-FORWARD - [0:0]\n-A FORWARD -j KUBE-ROUTER-FORWARD\nCOMMIT\n")));
        };
        plugins = () -> List.of(new NetworkPlugin("kube-router", PluginVersion.of("2.6.3"), "its image"));
        var look = look();
        look.changing();
        now.set(CHANGED.plusSeconds(3));
        var rules = rules(look, OPEN, RIGHT, OPEN, UNDECIDED);
        assertThat(asked.get()).singleElement().extracting(DifferingFlow::nodes).isEqualTo(List.of("node-1", "node-2"));
        assertThat(since).isEqualTo(Duration.ofSeconds(3));
        assertThat(rules).extracting(NodeRules::plugin).containsOnly("kube-router 2.6.3");
        assertThat(rules.getLast().facts()).extracting(RuleWording::of)
            .containsExactly("no rule leads what goes to 10.42.2.9 to the chains of policies");
        assertThat(look.files().keySet()).containsExactlyInAnyOrder("rules-line-7-node-1.txt", "rules-line-7-node-2.txt");
        assertThat(look.files().get("rules-line-7-node-1.txt")).contains("--- log of kube-router\nsyncing");
    }

    @Test
    void tells_what_it_began_to_read_before_the_verdict() {
        dumps = _ -> List.of(dump("node-1", new Part(Kind.LOG, "log of kube-router", "syncing " + calls.get())));
        var look = look();
        look.begin(List.of(new RuleLook.Step(7, List.of(OPEN, RIGHT))));
        assertThat(rules(look, OPEN, RIGHT)).isNotEmpty();
        assertThat(calls).hasValue(1);
        assertThat(look.files().get("rules-line-7-node-1.txt")).contains("syncing 1");
    }

    @Test
    void reads_anew_what_it_began_for_other_flows_or_before_a_change() {
        dumps = flows -> List.of(dump("node-1", new Part(Kind.LOG, "log of kube-router", flows.size() + " after " + since.toSeconds())));
        var look = look();
        look.begin(List.of(new RuleLook.Step(7, List.of(OPEN, BACK))));
        rules(look, OPEN);
        assertThat(look.files().get("rules-line-7-node-1.txt")).contains("1 after 0");
        now.set(CHANGED.plusSeconds(5));
        look.begin(List.of(new RuleLook.Step(7, List.of(OPEN))));
        look.changing();
        rules(look, OPEN);
        assertThat(look.files().get("rules-line-7-node-1.txt")).contains("1 after 0");
    }

    @Test
    void asks_nothing_where_all_agree_or_nothing_can_be_said() {
        assertThat(rules(look(), RIGHT, UNDECIDED)).isEmpty();
        assertThat(calls).hasValue(0);
    }

    @Test
    void leaves_cells_as_they_are_where_the_cluster_has_no_such_nodes() {
        assertThat(rules(look(), OPEN)).isEmpty();
        assertThat(calls).hasValue(1);
    }

    @Test
    void looks_at_the_first_ten_flows_of_a_step_and_says_how_many_it_left_out() {
        dumps = _ -> List.of(new NodeDump("node-1", List.of(), Map.of(), Map.of(), List.of("nothing")));
        var look = look();
        var many =
            IntStream.range(0, 12).mapToObj(i -> Cells.of("shop/web to shop/api on TCP/" + (100 + i), 7, "blocked", "open")).toList();
        var cells = look.at(List.of(new RuleLook.Step(7, many))).getFirst().cells();
        assertThat(cells.subList(0, 10)).noneMatch(c -> c.rules().isEmpty());
        assertThat(cells.subList(10, 12)).allMatch(c -> c.rules().isEmpty());
        assertThat(look.files().get("rules-line-7-node-1.txt")).endsWith("2 more flows of this step differ, which were not looked at\n");
    }

    @Test
    void passes_on_why_the_cluster_refuses() {
        var refused = "the user of this kubeconfig may not create pods/exec";
        dumps =
            flows -> flows.getFirst().nodes().stream().map(n -> new NodeDump(n, List.of(), Map.of(), Map.of(), List.of(refused))).toList();
        var look = look();
        var cell = look.at(List.of(new RuleLook.Step(7, List.of(OPEN)))).getFirst().cells().getFirst();
        assertThat(RuleWording.brief(cell)).containsExactly("on node-1: " + refused, "on node-2: " + refused);
        assertThat(look.files().get("rules-line-7-node-2.txt")).contains("--- not read\n" + refused);
    }

    @Test
    void says_what_the_cluster_threw_and_keeps_the_verdict() {
        dumps = _ -> {
            throw new ClusterException("the API is away", null);
        };
        assertThat(rules(look(), OPEN)).extracting(NodeRules::node, NodeRules::unread).containsExactly(
            tuple("node-1", List.of("what is programmed was not read: the API is away")),
            tuple("node-2", List.of("what is programmed was not read: the API is away")));
    }

    @Test
    void keeps_what_was_read_where_the_plugin_cannot_be_told() {
        dumps = _ -> List.of(dump("node-1", new Part(Kind.LOG, "log", "x")));
        plugins = () -> {
            throw new ClusterException("the API is away", null);
        };
        assertThat(rules(look(), OPEN)).singleElement().extracting(NodeRules::plugin, NodeRules::unread).containsExactly("", List.of());
    }

    @Test
    @Timeout(10)
    void leaves_a_cluster_that_hangs_and_interrupts_it() throws InterruptedException {
        longest = Duration.ofMillis(300);
        var interrupted = new CountDownLatch(1);
        dumps = _ -> {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException _) {
                interrupted.countDown();
            }
            return List.of();
        };
        assertThat(rules(look(), OPEN)).extracting(NodeRules::unread)
            .containsOnly(List.of("what is programmed was not read within 300 ms"));
        assertThat(interrupted.await(5, TimeUnit.SECONDS)).isTrue();
    }
}
