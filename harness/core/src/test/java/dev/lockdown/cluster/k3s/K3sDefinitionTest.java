package dev.lockdown.cluster.k3s;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockdown.cluster.k3s.ContainerPlan.Role;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A cluster of k3s, as plain data,")
final class K3sDefinitionTest {
    private static final Host HOST = new Host("Docker 28", "192.0.2.7", "amd64", 2, false);
    private static final NodeFiles NOTHING = new NodeFiles(List.of(), List.of());

    @Test
    void names_the_server_by_the_address_at_which_it_is_reached() {
        assertThat(server(Requests.plain().of((String) null)).command()).startsWith("server").contains("--tls-san=192.0.2.7",
            "--tls-san=node-1", "--node-name=node-1");
    }

    @Test
    void has_an_agent_for_every_further_node_which_joins_the_server() {
        var definition = K3sDefinition.of(Requests.plain().nodes(3).of((String) null), HOST, NOTHING);
        assertThat(definition.agents()).extracting(ContainerPlan::name).containsExactly("node-2", "node-3");
        assertThat(definition.agents()).allSatisfy(agent -> {
            assertThat(agent.role()).isEqualTo(Role.AGENT);
            assertThat(agent.command()).containsExactly("agent", "--node-name=" + agent.name());
            assertThat(agent.environment()).containsEntry("K3S_URL", "https://node-1:6443").containsEntry("K3S_TOKEN",
                definition.server().environment().get("K3S_TOKEN"));
        });
    }

    @Test
    void leaves_the_image_its_entrypoint_where_nothing_is_mounted() {
        assertThat(server(Requests.plain().of((String) null)).entrypoint()).isEmpty();
    }

    @Test
    void makes_a_cnis_mounts_on_every_node_and_then_becomes_k3s() {
        var definition = K3sDefinition.of(Requests.plain().of("cilium"), HOST, NOTHING);
        assertThat(definition.containers()).hasSize(2).allSatisfy(container -> {
            assertThat(container.entrypoint()).startsWith("/bin/sh", "-c").endsWith("k3s");
            assertThat(container.entrypoint().get(2).lines()).satisfiesExactly(
                line -> assertThat(line).startsWith("mount -t bpf bpf /sys/fs/bpf ||"),
                line -> assertThat(line).startsWith("mkdir -p /run/cilium/cgroupv2 && mount -t cgroup2 none /run/cilium/cgroupv2 ||"),
                line -> assertThat(line).startsWith("mount --make-rshared / ||"),
                line -> assertThat(line).isEqualTo("exec /bin/k3s \"$@\""));
        });
    }

    @Test
    void switches_off_what_another_cni_replaces() {
        assertThat(server(Requests.plain().of("calico")).command()).contains("--flannel-backend=none", "--disable-network-policy",
            "--cluster-cidr=192.168.0.0/16");
    }

    @Test
    void keeps_its_own_policies_where_its_own_network_is_kept() {
        assertThat(server(Requests.plain().of("flannel")).command()).noneMatch(a -> a.contains("policy") || a.contains("flannel"));
    }

    @Test
    void enforces_nothing_as_no_policy() {
        assertThat(server(Requests.plain().of("no-policy")).command()).contains("--disable-network-policy").noneMatch(a -> a.contains(
            "flannel-backend"));
    }

    @Test
    void has_both_families_with_dual_stack() {
        var definition = K3sDefinition.of(Requests.plain().dualStack().of((String) null), HOST, NOTHING);
        assertThat(definition.ipv6()).isTrue();
        assertThat(definition.server().command()).contains("--cluster-cidr=10.42.0.0/16,fd42::/56",
            "--service-cidr=10.43.0.0/16,fd43::/112");
        assertThat(definition.containers()).allSatisfy(c -> assertThat(c.entrypoint().get(2)).contains("--node-ip="));
    }

    @Test
    void tells_a_new_kubelet_that_cgroup_v1_is_all_there_is() {
        var old = new Host("Docker 20.10", "localhost", "amd64", 1, false);
        var definition = K3sDefinition.of(Requests.plain().version("1.35.0").of((String) null), old, NOTHING);
        assertThat(definition.containers()).allSatisfy(c -> assertThat(c.command()).contains("--kubelet-arg=fail-cgroupv1=false"));
    }

    @Test
    void does_not_tell_an_old_kubelet_what_it_does_not_know() {
        var old = new Host("Docker 20.10", "localhost", "amd64", 1, false);
        var definition = K3sDefinition.of(Requests.plain().version("1.30.4").of((String) null), old, NOTHING);
        assertThat(definition.containers()).noneSatisfy(c -> assertThat(c.command()).anyMatch(a -> a.contains("cgroup")));
    }

    @Test
    void carries_the_runs_label_on_everything() {
        var definition = K3sDefinition.of(Requests.plain().run("abc").of((String) null), HOST, NOTHING);
        assertThat(Stream.concat(definition.containers().stream().map(ContainerPlan::labels), Stream.of(definition.labels())))
            .allSatisfy(labels -> assertThat(labels).containsEntry("lockdown.dev/run", "abc").containsKey("lockdown.dev/owner"));
    }

    @Test
    void is_the_same_for_every_run_that_may_reuse_it() {
        assertThat(K3sDefinition.of(Requests.plain().reuse().run("abc").of("calico"), HOST, NOTHING))
            .isEqualTo(K3sDefinition.of(Requests.plain().reuse().run("xyz").of("calico"), HOST, NOTHING));
    }

    @Test
    void shares_neither_network_nor_token_with_another_run() {
        var one = K3sDefinition.of(Requests.plain().run("abc").of((String) null), HOST, NOTHING);
        var other = K3sDefinition.of(Requests.plain().run("xyz").of((String) null), HOST, NOTHING);
        assertThat(one.network()).isNotEqualTo(other.network());
        assertThat(one.server().environment()).isNotEqualTo(other.server().environment());
    }

    @Test
    void gives_the_cnis_files_to_the_server_and_the_images_to_every_node() {
        var manifest = CopiedFile.text(CopiedFile.MANIFESTS + "x.yaml", "x");
        var archive = CopiedFile.text(CopiedFile.IMAGES + "x.tar", "x");
        var definition = K3sDefinition.of(Requests.plain().of("calico"), HOST, new NodeFiles(List.of(manifest), List.of(archive)));
        assertThat(definition.server().files()).containsExactly(manifest, archive);
        assertThat(definition.agents().getFirst().files()).containsExactly(archive);
    }

    private static ContainerPlan server(K3sRequest request) {
        return K3sDefinition.of(request, HOST, NOTHING).server();
    }
}
