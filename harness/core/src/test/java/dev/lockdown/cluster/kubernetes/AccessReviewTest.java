package dev.lockdown.cluster.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockdown.cluster.ClusterException;
import dev.lockdown.cluster.EnvironmentException;
import dev.lockdown.cluster.Needs;
import dev.lockdown.cluster.embedded.kernel.NamespacesAvailable;
import dev.lockdown.cluster.kubernetes.stub.StubApi;
import dev.lockdown.cluster.kubernetes.stub.FaultInjection.Birth;
import dev.lockdown.flow.NamespacedName;
import dev.lockdown.flow.Port;
import dev.lockdown.state.Change;
import dev.lockdown.state.Namespace;
import dev.lockdown.state.Service;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The role that is shipped")
class AccessReviewTest {
    private static final Set<String> FREE = Set.of("create selfsubjectaccessreviews", "list version");
    private static final NamespacedName API = new NamespacedName("shop", "api");

    @TempDir
    Path folder;

    @Test
    void is_the_one_that_is_printed_when_a_right_is_missing() throws IOException {
        assertThat(Path.of("..", "..", "fixtures", "rbac", "lockdown-role.yaml")).content().isEqualTo(AccessReview.role());
    }

    @Test
    @NamespacesAvailable
    void is_printed_before_anything_is_made_whichever_of_its_rights_is_missing() {
        try (var stub = StubApi.start(folder, ShopFixture.RIGHTS)) {
            for (var right : ShopFixture.RIGHTS) {
                if (right.equals("watch pods")) continue;
                stub.faults().withhold(right);
                var words = right.split(" ");
                assertThatThrownBy(() -> ShopFixture.join(stub, folder)).isInstanceOf(EnvironmentException.class)
                    .hasMessageStartingWith("the user of this kubeconfig may not %s %s on the cluster".formatted(words[0], words[1]))
                    .hasMessageEndingWith(AccessReview.role());
                stub.faults().withheld().clear();
            }
            assertThat(stub.calls()).allMatch(c -> c.resource().equals("selfsubjectaccessreviews"));
        }
    }

    @Test
    @NamespacesAvailable
    void has_no_right_that_a_run_does_not_use_and_lacks_none() throws IOException {
        try (var stub = StubApi.start(folder, ShopFixture.RIGHTS)) {
            ShopFixture.join(stub, folder).close();
            stub.addNamespace("shop-ci");
            stub.addExpiredLease();
            var here = ShopFixture.settings(folder, "run-1");
            var settings =
                new Settings("run-1", here.agentImage(), Map.of("shop", "shop-ci"), here.externals(), false, false, false, false, false,
                    here.ledger());
            try (var backend = ShopFixture.join(stub, settings, ShopFixture.SHORT); var cluster = backend.start(Needs.DEFAULT)) {
                cluster.apply(ShopFixture.CAST);
                cluster.apply(List.of(ShopFixture.DENY, service(), new Change.RelabelPod(API, Map.of("app", "new")),
                    new Change.ApplyNamespace(new Namespace("other", Map.of())), new Change.RelabelNamespace("other", Map.of("a", "b"))));
                stub.faults().births(_ -> Birth.MUTE);
                assertThatThrownBy(
                    () -> cluster.apply(List.of(new Change.StopPod(API), new Change.StartPod(ShopFixture.pod("late", "node-1")))))
                    .isInstanceOf(ClusterException.class);
            }
            assertThat(stub.leftovers()).isEmpty();
            var used = new TreeSet<>(stub.rightsUsed());
            used.removeAll(FREE);
            assertThat(used).containsExactlyInAnyOrderElementsOf(ShopFixture.RIGHTS);
        }
    }

    private static Change service() {
        return new Change.ApplyService(new Service(API, Map.of(), Map.of("app", "api"),
            List.of(new Service.ServicePort("", Port.parse("TCP/80"), new Service.TargetPort.Number(8080), 0)), Service.Type.CLUSTER_IP));
    }
}
