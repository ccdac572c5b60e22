package dev.lockdown.cluster.kubernetes;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockdown.cluster.EnvironmentException;
import dev.lockdown.cluster.embedded.kernel.NamespacesAvailable;
import dev.lockdown.cluster.kubernetes.stub.StubApi;
import java.nio.file.Path;
import java.util.HashSet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NamespacesAvailable
@DisplayName("A cluster with rules that are no NetworkPolicies")
class UnsupportedPoliciesTest {
    @TempDir
    Path folder;

    @Test
    void is_refused_with_the_name_of_one_of_them() {
        var rights = new HashSet<>(ShopFixture.RIGHTS);
        rights.add("list globalnetworkpolicies");
        try (var stub = StubApi.start(folder, rights)) {
            stub.addKind("crd.projectcalico.org", "GlobalNetworkPolicy", "deny-all");
            assertThatThrownBy(() -> ShopFixture.join(stub, folder)).isInstanceOf(EnvironmentException.class)
                .hasMessageContaining("GlobalNetworkPolicy deny-all; --accept-unseen goes on all the same");
        }
    }

    @Test
    void is_refused_where_the_user_cannot_see_whether_there_are_any() {
        try (var stub = StubApi.start(folder, ShopFixture.RIGHTS)) {
            stub.addKind("crd.projectcalico.org", "GlobalNetworkPolicy", "deny-all");
            assertThatThrownBy(() -> ShopFixture.join(stub, folder)).isInstanceOf(EnvironmentException.class)
                .hasMessageContaining("globalnetworkpolicies, which this user may not list");
        }
    }

    @Test
    void is_used_where_only_the_kind_is_known_or_the_user_accepts_them() {
        var rights = new HashSet<>(ShopFixture.RIGHTS);
        rights.add("list widgets");
        try (var stub = StubApi.start(folder, rights)) {
            stub.addKind("example.org", "Widget", "one");
            assertThatCode(() -> ShopFixture.join(stub, folder).close()).doesNotThrowAnyException();
            stub.addKind("security.istio.io", "PeerAuthentication", "strict");
            var here = ShopFixture.settings(folder);
            var accepting =
                new Settings("run-1", here.agentImage(), here.namespaces(), here.externals(), true, false, false, false, false,
                    here.ledger());
            assertThatCode(() -> ShopFixture.join(stub, accepting, ShopFixture.SHORT).close()).doesNotThrowAnyException();
        }
    }
}
