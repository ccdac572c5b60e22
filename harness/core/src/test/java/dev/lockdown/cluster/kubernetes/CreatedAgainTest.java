package dev.lockdown.cluster.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockdown.cluster.ClusterException;
import dev.lockdown.cluster.Waits;
import dev.lockdown.cluster.kubernetes.lease.Ledger;
import dev.lockdown.cluster.kubernetes.stub.StubApi;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("An object that is there already")
class CreatedAgainTest {
    @TempDir
    private Path folder;

    private StubApi stub;
    private KubernetesClient client;
    private RunObjects objects;

    @BeforeEach
    void start() {
        stub = StubApi.start(folder, ShopFixture.RIGHTS);
        client = new Access.Text(stub.kubeconfig()).client();
        var settings = ShopFixture.settings(folder);
        objects = new RunObjects(client, settings, Ledger.open(settings.ledger(), "here", null, false), Duration.ofSeconds(2),
            Duration.ofMillis(5), new Waits());
    }

    @AfterEach
    void close() {
        client.close();
        stub.close();
    }

    private Namespace wanted(String run, boolean leaving) {
        var metadata = new NamespaceBuilder().withNewMetadata().withName("shop")
            .withLabels(Map.of(ApiObjects.RUN, run));
        return (leaving ? metadata.withDeletionTimestamp("2026-11-29T16:00:00Z") : metadata).endMetadata().build();
    }

    private Namespace wanted() {
        return wanted(ShopFixture.settings(folder).run(), false);
    }

    private Namespace there() {
        return client.resource(wanted()).get();
    }

    @Test
    void is_taken_where_the_answer_to_its_creation_was_lost() {
        var first = client.resource(wanted()).create();
        assertThat(objects.create(wanted(), this::there).getMetadata().getUid()).isEqualTo(first.getMetadata().getUid());
    }

    @Test
    void is_made_again_when_what_is_on_its_way_out_is_gone() {
        var first = client.resource(wanted()).create();
        var looks = new AtomicInteger();
        var made = objects.create(wanted(), () -> {
            if (looks.incrementAndGet() == 3) client.resource(wanted()).delete();
            return looks.get() < 3 ? wanted(ShopFixture.settings(folder).run(), true) : there();
        });
        assertThat(looks).hasValueGreaterThanOrEqualTo(3);
        assertThat(made.getMetadata().getUid()).isNotEqualTo(first.getMetadata().getUid());
        assertThat(there()).isNotNull();
    }

    @Test
    void is_told_where_it_stays() {
        client.resource(wanted()).create();
        assertThatThrownBy(() -> objects.create(wanted(), () -> wanted(ShopFixture.settings(folder).run(), true)))
            .isInstanceOf(ClusterException.class).hasMessage("Namespace shop of before is still there after 2 s");
    }

    @Test
    void is_nothing_of_ours_where_it_is_anothers() {
        client.resource(wanted("another", false)).create();
        assertThatThrownBy(() -> objects.create(wanted(), this::there)).isInstanceOf(KubernetesClientException.class)
            .hasMessageContaining("already exists");
    }
}
