package dev.lockdown.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockdown.cluster.embedded.kernel.NamespacesAvailable;
import dev.lockdown.cluster.kubernetes.stub.StubApi;
import dev.lockdown.run.ExitStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NamespacesAvailable
@DisplayName("doctor --cluster kubeconfig")
class SweptClusterTest {
    private static final Pattern RULE = Pattern.compile("resources: \\[(.*)]\\n\\s+verbs: \\[(.*)]");

    @TempDir
    private Path folder;
    private StubApi stub;
    private Path kubeconfig;

    /// Those of the role that is shipped.
    static Set<String> rights() throws IOException {
        var rights = new HashSet<String>();
        var rules = RULE.matcher(Files.readString(Path.of("..", "..", "fixtures", "rbac", "lockdown-role.yaml")));
        while (rules.find())
            for (var resource : rules.group(1).split(", ")) for (var verb : rules.group(2).split(", ")) rights.add(verb + " " + resource);
        return rights;
    }

    @BeforeEach
    void start() throws IOException {
        stub = StubApi.start(folder, rights());
        kubeconfig = Files.writeString(folder.resolve("kubeconfig"), stub.kubeconfig());
    }

    @AfterEach
    void end() {
        stub.close();
    }

    private void leave(String run) {
        stub.addNamespace("left");
        stub.put("/namespaces", "", "left", "{'apiVersion': 'v1', 'kind': 'Namespace', 'metadata': {'name': 'left', 'labels': {"
            + "'lockdown.dev/run': '" + run + "'}}, 'spec': {'finalizers': ['kubernetes']}, 'status': {'phase': 'Active'}}");
    }

    private String out(ExitStatus expected, String... options) {
        var typist = new Typist(folder);
        var words = new ArrayList<>(List.of("doctor", "--cluster", "kubeconfig", "--kubeconfig", kubeconfig.toString()));
        words.addAll(List.of(options));
        assertThat(typist.types(words.toArray(String[]::new))).as(typist.err() + typist.out()).isEqualTo(expected);
        return typist.out();
    }

    @Test
    void says_beforehand_what_will_be_skipped_and_what_changes_it() {
        assertThat(out(ExitStatus.OK).lines().filter(l -> l.startsWith("skipped here: ")).toList()).containsExactly(
            "skipped here: more nodes than 2 nodes (@needs:3-nodes): there are no more",
            "skipped here: IPv6 (@ipv6, @dual-stack): the cluster's pods have IPv4 alone",
            "skipped here: SCTP (@needs:sctp) where the kernel of a node has none, which is asked when a scenario needs it: "
                + "`modprobe sctp` on the node loads it",
            "skipped here: external hosts: --external HOST=ADDRESS says where one is, HOST=self has this machine stand for it",
            "skipped here: disruptions of the network plugin, of DNS and of the API: --allow-disruptive allows them",
            "skipped here: disruptions of nodes and links, and ports of nodes (hostPort): there is no hold of the nodes; "
                + "--cluster embedded has them",
            "skipped here: @established:…: what becomes of connections that stand is not known; ./lockdown fingerprint measures it",
            "skipped here: endpoints that are written by hand: the user may not create, patch, delete endpointslices; a rule of the "
                + "ClusterRole allows it");
        assertThat(out(ExitStatus.OK, "--allow-disruptive", "--external", "partner.example=203.0.113.2"))
            .contains("external hosts other than partner.example").doesNotContain("--allow-disruptive");
    }

    @Test
    void finds_nothing_where_nothing_was_left() {
        assertThat(out(ExitStatus.OK, "--sweep")).contains("earlier runs left nothing on this cluster", "this cluster can be used");
    }

    @Test
    void fails_while_something_remains_and_removes_the_lease_with_the_rest() {
        leave("run-0");
        stub.addExpiredLease();
        var told = out(ExitStatus.FAILED, "--sweep");
        assertThat(told).contains("run run-0 left:", "  Namespace left", "run run-0 left the lease default/lockdown", "--yes",
            "this cluster can be used");
        assertThat(stub.leftovers()).hasSize(2);
        assertThat(out(ExitStatus.OK, "--sweep", "--yes")).contains("  removed");
        assertThat(stub.leftovers()).isEmpty();
        assertThat(out(ExitStatus.OK, "--sweep")).contains("earlier runs left nothing on this cluster");
    }

    @Test
    void removes_a_lease_that_is_left_alone() {
        stub.addExpiredLease();
        assertThat(out(ExitStatus.FAILED, "--sweep")).doesNotContain("left nothing");
        out(ExitStatus.OK, "--sweep", "--yes");
        assertThat(stub.leftovers()).isEmpty();
    }

    @Test
    void leaves_a_run_that_is_under_way_alone() {
        leave("run-0");
        stub.put("coordination.k8s.io/leases", "default", "lockdown", "{'apiVersion': 'coordination.k8s.io/v1', 'kind': 'Lease', "
            + "'metadata': {}, 'spec': {'holderIdentity': 'run-0', 'leaseDurationSeconds': 30, 'renewTime': '"
            + "2026-11-22T14:03:01.000000Z'}}");
        assertThat(out(ExitStatus.FAILED, "--sweep", "--yes")).contains("and is still under way", "run run-0 is under way");
        assertThat(stub.leftovers()).hasSize(2);
    }
}
