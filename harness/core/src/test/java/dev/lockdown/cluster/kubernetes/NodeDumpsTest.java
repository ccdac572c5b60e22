package dev.lockdown.cluster.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockdown.cluster.DifferingFlow;
import dev.lockdown.cluster.NodeDump;
import dev.lockdown.cluster.NodeDump.Kind;
import dev.lockdown.cluster.NodeDump.Part;
import dev.lockdown.cluster.embedded.kernel.NamespacesAvailable;
import dev.lockdown.cluster.kubernetes.nodes.HostPods;
import dev.lockdown.cluster.kubernetes.nodes.NodeToolPods;
import dev.lockdown.cluster.kubernetes.stub.Call;
import dev.lockdown.cluster.kubernetes.stub.FaultInjection.Birth;
import dev.lockdown.cluster.kubernetes.stub.FaultInjection.Executed;
import dev.lockdown.cluster.kubernetes.stub.FaultInjection.Fate;
import dev.lockdown.cluster.kubernetes.stub.StubApi;
import dev.lockdown.cluster.kubernetes.system.NodeDumps;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NamespacesAvailable
@DisplayName("What nodes have programmed")
class NodeDumpsTest {
    private static final DifferingFlow FLOW = new DifferingFlow(InetAddress.ofLiteral("10.42.1.7"), InetAddress.ofLiteral("10.42.2.9"),
        List.of("node-1", "node-2"));
    private static final String RULES = "*filter\n:FORWARD ACCEPT [0:0]\nCOMMIT\n";

    @TempDir
    Path folder;

    private List<NodeDump> read(Function<Call, Executed> programs, Duration longest, String... withheld) {
        return read(programs, longest, false, withheld);
    }

    /// @param byPods whether pods on the nodes may read
    private List<NodeDump> read(Function<Call, Executed> programs, Duration longest, boolean byPods, String... withheld) {
        var rights = new HashSet<>(ShopFixture.RIGHTS);
        rights.add("create pods/exec");
        try (var stub = StubApi.start(folder, rights)) {
            stub.faults().programs(programs).withhold(withheld);
            if (byPods) stub.tools(folder.resolve("tools"));
            agent(stub, "node-1", "kube-router", "kube-router");
            agent(stub, "node-2", "cilium", "cilium-agent");
            return read(stub, longest, byPods);
        }
    }

    private static List<NodeDump> read(StubApi stub, Duration longest, boolean byPods) {
        try (var client = new Access.Text(stub.kubeconfig()).client(); var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var exec = new AccessReview.Rule("", "pods/exec", List.of("create"));
            var dumps = new NodeDumps(client, threads, Map.of("node-1", "node-1", "node-2", "node-2"), Map.of("cluster-shop", "shop"),
                Map.of(), byPods ? tools(client) : null,
                () -> new AccessReview(client).allowed(exec, "create"), ApiErrorText::of, longest).of(List.of(FLOW), Duration.ofSeconds(3));
            threads.shutdownNow();
            return dumps;
        }
    }

    private static NodeToolPods tools(KubernetesClient client) {
        return new NodeToolPods(new HostPods(client, "default", Settings.AGENT_IMAGE, Map.of(ApiObjects.RUN, "run-1"),
            pod -> client.resource(pod).create(), ApiErrorText::of, Duration.ofSeconds(20), Duration.ofMillis(20)));
    }

    private void tool(String name, String script) throws IOException {
        var file = Files.writeString(Files.createDirectories(folder.resolve("tools")).resolve(name), "#!/bin/sh\n" + script);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static void agent(StubApi stub, String node, String set, String container) {
        stub.put("/pods", "kube-system", set + "-" + node, """
            {'apiVersion': 'v1', 'kind': 'Pod', 'metadata': {'ownerReferences': [{'apiVersion': 'apps/v1', 'kind': 'DaemonSet', 'name': '%s',
             'uid': 'ds', 'controller': true}]}, 'spec': {'nodeName': '%s', 'containers': [{'name': '%s', 'image': 'x:v1'}]},
             'status': {'phase': 'Running'}}"""
            .formatted(set, node, container));
    }

    private static Executed usual(Call call) {
        return switch (call.query().getOrDefault("command", "")) {
            case "iptables-save" -> new Executed.Ended(0, RULES);
            case "ipset save" -> new Executed.Ended(0, "create S hash:ip\n");
            case "conntrack -L -s 10.42.1.7 -d 10.42.2.9" -> new Executed.Ended(1, "");
            case "cilium policy get" -> new Executed.Ended(0, "[]");
            default -> new Executed.NotThere();
        };
    }

    @Test
    void is_read_by_the_tools_of_the_network_plugins_agents_and_what_is_not_is_said() {
        var dumps = read(NodeDumpsTest::usual, Duration.ofSeconds(20));
        assertThat(dumps).extracting(NodeDump::node).containsExactly("node-1", "node-2");
        assertThat(dumps.getFirst().parts()).containsExactly(new Part(Kind.IPTABLES, "iptables", RULES),
            new Part(Kind.IPSET, "ipset", "create S hash:ip\n"));
        assertThat(dumps.getFirst().namespaces()).isEqualTo(Map.of("cluster-shop", "shop"));
        assertThat(dumps.getFirst().unread()).contains("nft was not read: nft cannot be run in kube-router-node-1")
            .anyMatch(u -> u.startsWith("conntrack of 10.42.1.7 to 10.42.2.9 was not read: conntrack ended with status 1"))
            .noneMatch(u -> u.contains("legacy"));
        assertThat(dumps.getLast().parts()).containsExactly(new Part(Kind.POLICIES, "cilium-dbg policy get", "[]"));
    }

    @Test
    void is_not_read_by_a_user_who_may_not_run_programs_which_is_said_once() {
        var dumps = read(NodeDumpsTest::usual, Duration.ofSeconds(20), "create pods/exec");
        assertThat(dumps).allSatisfy(dump -> {
            assertThat(dump.parts()).isEmpty();
            assertThat(dump.unread()).filteredOn(u -> u.contains("pods/exec")).singleElement().asString()
                .startsWith("the user of this kubeconfig may not create pods/exec");
        });
    }

    @Test
    void is_given_up_when_its_time_is_over() {
        var dumps = read(call -> call.query().getOrDefault("command", "").equals("ipset save") ? new Executed.NeverEnds() : usual(call),
            Duration.ofSeconds(3));
        assertThat(dumps.getFirst().unread()).contains("ipset was not read within 3 s");
        assertThat(dumps.getFirst().parts()).contains(new Part(Kind.IPTABLES, "iptables", RULES));
    }

    @Test
    void is_not_read_where_no_plugin_has_a_pod_or_the_api_refuses() {
        try (var stub = StubApi.start(folder, ShopFixture.RIGHTS)) {
            assertThat(read(stub, Duration.ofSeconds(20), false)).allSatisfy(d -> assertThat(d.unread()).singleElement().asString()
                .contains("no pod of a network plugin runs there"));
            stub.faults().calls(call -> call.right().equals("list pods") ? new Fate.Refused(403, "Forbidden", "not for you")
                : new Fate.Answered());
            assertThat(read(stub, Duration.ofSeconds(20), false)).allSatisfy(d -> assertThat(d.unread()).singleElement().asString()
                .contains("what is programmed was not read", "not for you"));
        }
    }

    @Test
    void is_read_by_a_pod_on_the_node_where_no_program_may_be_run_in_others() throws IOException {
        tool("iptables-nft-save", "cat <<END\n" + RULES + "END\n");
        tool("ipset", "echo 'create S hash:ip'");
        tool("cilium-dbg", "echo \"$*\"");
        tool("nft", "echo 'Operation not permitted' >&2; exit 1");
        tool("conntrack", "echo tracked");
        tool("ip", "echo routed");
        var dumps = read(NodeDumpsTest::usual, Duration.ofSeconds(20), true, "create pods/exec");
        assertThat(dumps.getFirst().parts()).contains(new Part(Kind.IPTABLES, "iptables", RULES),
            new Part(Kind.IPSET, "ipset", "create S hash:ip\n"), new Part(Kind.ROUTES, "ip route", "routed\n"));
        assertThat(dumps.getFirst().unread()).containsExactly("nft was not read: nft ended with status 1: Operation not permitted ");
        assertThat(dumps.getLast().parts()).contains(new Part(Kind.POLICIES, "cilium-dbg policy get", "policy get\n"));
        assertThat(dumps.getLast().unread()).isEmpty();
    }

    @Test
    void is_read_by_a_pod_on_the_node_as_far_as_the_plugins_pods_have_no_program() throws IOException {
        tool("nft", "echo 'table ip x {'; echo '}'");
        tool("ipset", "echo 'not asked'");
        var dumps = read(NodeDumpsTest::usual, Duration.ofSeconds(20), true);
        assertThat(dumps.getFirst().parts()).contains(new Part(Kind.IPTABLES, "iptables", RULES),
            new Part(Kind.IPSET, "ipset", "create S hash:ip\n"), new Part(Kind.NFTABLES, "nft", "table ip x {\n}\n"));
    }

    @Test
    void is_read_by_a_pod_on_the_node_where_the_plugin_has_none() throws IOException {
        tool("iptables-nft-save", "cat <<END\n" + RULES + "END\n");
        try (var stub = StubApi.start(folder, ShopFixture.RIGHTS)) {
            stub.tools(folder.resolve("tools"));
            var dumps = read(stub, Duration.ofSeconds(20), true);
            assertThat(dumps).allSatisfy(d -> assertThat(d.parts()).contains(new Part(Kind.IPTABLES, "iptables", RULES)));
            assertThat(stub.calls()).filteredOn(c -> c.right().equals("create pods"))
                .extracting(c -> c.body().at("/spec/nodeName").asText())
                .containsExactlyInAnyOrder("node-1", "node-2");
            assertThat(stub.calls()).filteredOn(c -> c.right().equals("delete pods")).hasSize(2);
        }
    }

    @Test
    void says_why_the_pod_on_the_node_did_not_read_it() throws IOException {
        tool("true", "exit 0");
        try (var stub = StubApi.start(folder, ShopFixture.RIGHTS)) {
            stub.tools(folder.resolve("tools"));
            stub.faults().births(_ -> Birth.NOT_ADMITTED);
            assertThat(read(stub, Duration.ofSeconds(20), true)).allSatisfy(d -> assertThat(d.unread())
                .anyMatch(u -> u.startsWith("what a pod on the node was to read was not read: the pod that would read it is refused: ")
                    && u.contains("violates PodSecurity")));
        }
    }

    @Test
    void names_the_option_that_would_have_it_read() {
        assertThat(read(NodeDumpsTest::usual, Duration.ofSeconds(20), "create pods/exec"))
            .allSatisfy(d -> assertThat(d.unread()).filteredOn(u -> u.contains("--allow-node-pods")).hasSize(1));
        assertThat(read(_ -> new Executed.NotThere(), Duration.ofSeconds(20)))
            .allSatisfy(d -> assertThat(d.unread()).endsWith("--allow-node-pods has a privileged pod on the node read them"));
        assertThat(read(NodeDumpsTest::usual, Duration.ofSeconds(20)))
            .allSatisfy(d -> assertThat(d.unread()).noneMatch(u -> u.contains("--allow-node-pods")));
    }
}
