package dev.lockdown.cluster.k3s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockdown.cluster.Backend;
import dev.lockdown.cluster.Cluster;
import dev.lockdown.cluster.ClusterException;
import dev.lockdown.cluster.EnvironmentException;
import dev.lockdown.cluster.NodeRestarter;
import dev.lockdown.cluster.Polling;
import dev.lockdown.cluster.Needs;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Bringing up k3s")
final class BringUpTest {
    private static final Polling BRIEFLY = new Polling(Duration.ofMillis(1));

    private final FakeEngine engine = new FakeEngine();
    private final FakeView view = new FakeView();
    private final List<String> told = new ArrayList<>();
    private final List<String> joined = new ArrayList<>();
    private final AtomicReference<NodeRestarter> restarter = new AtomicReference<>();
    private final AtomicReference<K3sBackend> backend = new AtomicReference<>();

    @BeforeEach
    void imageIsThere() {
        engine.images.add(Requests.VERSIONS.choose(null).image());
    }

    @Test
    void goes_through_its_phases_in_order_and_hands_the_kubeconfig_over() {
        up(Requests.plain().nodes(3).of((String) null));
        assertThat(told).filteredOn(t -> t.startsWith("done")).containsExactly("done image", "done API", "done nodes", "done CNI",
            "done DNS");
        assertThat(engine.started).extracting(ContainerPlan::name).containsExactly("node-1", "node-2", "node-3");
        assertThat(joined).containsExactly("kubeconfig as k3s v1.36.1-k3s1 · flannel · 3 nodes");
        assertThat(view.closed).isTrue();
    }

    @Test
    void happens_once() {
        var up = up(Requests.plain().of((String) null));
        up.bringUp();
        assertThat(joined).hasSize(1);
    }

    @Test
    void pulls_the_image_that_is_not_there() {
        engine.images.clear();
        up(Requests.plain().of((String) null));
        assertThat(engine.asked).contains("pull");
        assertThat(told).contains("image: pulling docker.io/rancher/k3s:v1.36.1-k3s1: Downloading");
    }

    @Test
    void does_not_pull_the_image_that_is_there() {
        up(Requests.plain().of((String) null));
        assertThat(engine.asked).doesNotContain("pull");
    }

    @ParameterizedTest
    @ValueSource(strings = {"host", "has", "pull", "network", "start node-1", "start node-2", "ended"})
    void that_fails_at_any_call_of_the_engine_ends_clearly_and_leaves_nothing(String step) {
        if (step.equals("pull")) engine.images.clear();
        engine.failing(step, "the reason of this engine");
        assertThatThrownBy(() -> up(Requests.plain().of((String) null))).isInstanceOf(EnvironmentException.class).hasMessageContaining(
            "the reason of this engine");
        assertThat(engine.isEmpty()).isTrue();
        assertThat(joined).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"api, API", "joined, nodes", "kube-system/calico-node, CNI", "kube-system/calico-kube-controllers, CNI", "ready, CNI",
        "dns, DNS"})
    void that_gets_stuck_says_at_which_phase_and_for_what_it_waits(String what, String phase) {
        view.lacking(what, "something particular");
        engine.saying("node-1", "a", "first words").saying("node-2", "b", "last words");
        assertThatThrownBy(() -> up(Requests.plain().of("calico"))).isInstanceOf(EnvironmentException.class).hasMessageStartingWith(
            "k3s (calico 3.32.1) is not up, at %1$s: %1$s is not ready after 0 s; it waits for: something particular".formatted(phase))
            .hasMessageContaining("said last:\n    ").hasMessageContaining(" words");
        assertThat(told).contains(phase + ": something particular");
        assertThat(engine.isEmpty()).isTrue();
    }

    @Test
    void shows_the_last_lines_of_a_container_that_did_not_start() {
        engine.saying("node-1", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine").failing("start node-1",
            "Container exited with code 1");
        assertThatThrownBy(() -> up(Requests.plain().of((String) null))).hasMessage("""
            k3s (flannel) is not up, at API: node-1 did not start: Container exited with code 1
              node-1 said last:
                two
                three
                four
                five
                six
                seven
                eight
                nine""");
    }

    @Test
    void notices_that_a_container_ends_while_it_waits_and_shows_what_it_said() {
        view.lacking("dns", "DNS");
        engine.doing("start node-2", () -> engine.ended.put("node-2", "with status 137")).saying("node-2", "Killed");
        assertThatThrownBy(() -> up(Requests.plain().of((String) null))).hasMessage("""
            k3s (flannel) is not up, at nodes: the container of node-2 ended with status 137
              node-2 said last:
                Killed""");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "start node-1 | OCI runtime create failed: unable to apply caps: operation not permitted | --privileged (CAP_SYS_RESOURCE",
        "start node-1 | write /var/lib/docker/tmp: no space left on device | docker system prune",
        "pull         | write /var/lib/docker/tmp: no space left on device | docker system prune",
        "pull         | manifest unknown | the image docker.io/rancher/k3s:v1.36.1-k3s1 is not there and cannot be pulled: manifest unknown",
        "pull         | lookup registry-1.docker.io: no such host | --images DIR",
        "has          | java.net.ConnectException: Connection refused | Docker went away while k3s came up",
        "ended        | java.io.IOException: Broken pipe | Docker went away while k3s came up"})
    void explains_what_engines_say(String step, String message, String advice) {
        if (step.strip().equals("pull")) engine.images.clear();
        engine.failing(step.strip(), message.strip());
        assertThatThrownBy(() -> up(Requests.plain().of((String) null))).hasMessageContaining(advice.strip());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "kubelet is configured to not run on a host using cgroup v1 | boot with cgroup v2",
        "path \"/sys/fs\" is mounted on \"/sys\" but it is not a shared mount | mounts: {shared: [/]}",
        "operation not supported: vxlan not supported | modprobe vxlan"})
    void explains_what_k3s_says(String line, String advice) {
        engine.saying("node-1", line.strip()).failing("start node-1", "Container exited with code 1");
        assertThatThrownBy(() -> up(Requests.plain().of((String) null))).hasMessageContaining(advice.strip());
    }

    @Test
    void names_the_image_that_a_node_cannot_pull_and_the_option_for_mirrors() {
        view.lacking("kube-system/calico-node",
            "DaemonSet kube-system/calico-node: 0 of 2 ready; calico-node-x on node-1: ImagePullBackOff quay.io/calico/node:v3.32.1");
        assertThatThrownBy(() -> up(Requests.plain().of("calico"))).hasMessageContaining("quay.io/calico/node:v3.32.1")
            .hasMessageContaining("--registries FILE").hasMessageContaining("--images DIR");
    }

    @Test
    void warns_of_a_node_on_which_k3s_goes_on_without_policies() {
        engine.saying("node-2", Contract.read().one("no-policies-line"));
        up(Requests.plain().of((String) null));
        assertThat(told).contains(
            "warning: node-2 enforces no NetworkPolicy; k3s says: Skipping network policy controller start, ipset save failed: exit status 1");
    }

    @Test
    void refuses_a_rootless_docker_on_cgroup_v1_before_anything_is_started() {
        engine.host = new Host("Docker 28", "localhost", "amd64", 1, true);
        assertThatThrownBy(() -> up(Requests.plain().of((String) null))).isInstanceOf(EnvironmentException.class).hasMessageContaining(
            "rootless on cgroup v1");
        assertThat(engine.asked).containsExactly("host", "close");
    }

    @Test
    void notes_what_a_rootless_docker_must_delegate() {
        engine.host = new Host("Docker 28", "localhost", "amd64", 2, true);
        up(Requests.plain().of((String) null));
        assertThat(told).anyMatch(t -> t.contains("Delegate=yes"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"host", "network", "start node-1", "start node-2"})
    void that_is_interrupted_stops_starting_and_leaves_nothing(String step) {
        engine.doing(step, () -> backend.get().close());
        assertThatThrownBy(() -> up(Requests.plain().nodes(3).of((String) null))).hasMessage("interrupted while k3s came up");
        assertThat(engine.started).extracting(ContainerPlan::name).doesNotContain("node-3");
        assertThat(engine.asked).contains("close");
        assertThat(told).contains("interrupted while k3s came up; its containers are removed");
        assertThat(joined).isEmpty();
    }

    @Test
    void does_not_begin_after_it_was_closed() {
        var closed = made(Requests.plain().of((String) null));
        closed.close();
        assertThatThrownBy(closed::bringUp).hasMessage("interrupted while k3s came up");
        assertThat(engine.started).isEmpty();
    }

    @Test
    void closes_those_who_joined_before_the_containers_go() {
        up(Requests.plain().of((String) null)).close();
        assertThat(joined).endsWith("closed");
        assertThat(engine.asked).endsWith("close");
    }

    @Test
    void leaves_a_cluster_that_is_to_be_reused_and_says_how_to_remove_it() {
        up(Requests.plain().reuse().of((String) null)).close();
        assertThat(engine.asked).doesNotContain("close");
        assertThat(told.getLast()).contains("./lockdown doctor --sweep");
    }

    @Test
    void hands_over_who_restarts_the_nodes_but_the_server() {
        up(Requests.plain().of((String) null));
        assertThat(restarter.get().refusal("node-1")).hasValueSatisfying(why -> assertThat(why).contains("the server of k3s"));
        assertThat(restarter.get().refusal("node-2")).isEmpty();
        restarter.get().restart("node-2");
        assertThat(engine.asked).last().isEqualTo("restart node-2");
        engine.failing("restart node-2", "no such container");
        assertThatThrownBy(() -> restarter.get().restart("node-2")).isInstanceOf(ClusterException.class)
            .hasMessage("the container of node-2 does not restart: no such container");
    }

    @Test
    void does_not_leave_a_broken_cluster_to_be_reused() {
        view.lacking("dns", "DNS");
        assertThatThrownBy(() -> up(Requests.plain().reuse().of((String) null))).isInstanceOf(EnvironmentException.class);
        assertThat(engine.asked).endsWith("close");
    }

    @Test
    void leaves_a_cluster_that_is_to_be_kept() {
        up(Requests.plain().keep().of((String) null)).close();
        assertThat(engine.asked).doesNotContain("close");
    }

    private K3sBackend up(K3sRequest request) {
        var made = made(request);
        try {
            made.bringUp();
            return made;
        } catch (RuntimeException e) {
            made.close();
            throw e;
        }
    }

    private K3sBackend made(K3sRequest request) {
        var teller = new Teller();
        var made = new K3sBackend(request, (kubeconfig, description, nodes) -> {
            restarter.set(nodes);
            joined.add(kubeconfig + " as " + description);
            return new Joined();
        }, teller, engine, e -> new BringUp(unchecked(request), e, _ -> view, _ -> {
            throw new IOException("there is no internet in tests");
        }, BRIEFLY, _ -> Duration.ofMillis(20), teller, InstantSource.fixed(Instant.EPOCH)));
        backend.set(made);
        return made;
    }

    /// With a manifest that nothing has to be fetched for.
    private static K3sRequest unchecked(K3sRequest request) {
        if (request.cni().installation() instanceof Cni.Installation.BuiltIn) return request;
        var cni = request.cni();
        var here = new Cni(cni.name(), cni.about(), cni.version(), cni.arguments(), new Cni.Installation.BuiltIn(), cni.images(), cni
            .mounts(), cni.ready());
        return new K3sRequest(here, request.version(), request.nodes(), request.dualStack(), request.agentImage(), null, null, null, null,
            request.reuse(), request.keep(), request.run());
    }

    private final class Joined implements Backend {
        @Override
        public Cluster start(Needs needs) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean isolatesScenarios() { return false; }

        @Override
        public void close() {
            joined.add("closed");
        }
    }

    private final class Teller implements Progress {
        @Override
        public void waiting(String phase, String what, Duration since) {
            told.add(phase + ": " + what);
        }

        @Override
        public void done(String phase, Duration took) {
            told.add("done " + phase);
        }

        @Override
        public void note(String text) {
            told.add(text);
        }
    }
}
