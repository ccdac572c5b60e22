package dev.lockdown.cluster.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockdown.cluster.ClusterException;
import dev.lockdown.cluster.Dialling;
import dev.lockdown.cluster.EnvironmentException;
import dev.lockdown.cluster.Needs;
import dev.lockdown.cluster.embedded.kernel.NamespacesAvailable;
import dev.lockdown.cluster.kubernetes.stub.StubApi;
import dev.lockdown.cluster.kubernetes.stub.FaultInjection.Attachment;
import dev.lockdown.cluster.kubernetes.stub.FaultInjection.Birth;
import dev.lockdown.cluster.kubernetes.stub.FaultInjection.Fate;
import dev.lockdown.flow.NamespacedName;
import dev.lockdown.flow.Outcome;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What goes wrong between the harness and its agents: it ends in a clear message or in a run that recovered, and leaves nothing.
@NamespacesAvailable
@Execution(ExecutionMode.CONCURRENT)
@DisplayName("Trouble with the API or the pods")
class StubFaultsTest {
    @TempDir
    Path folder;

    private StubApi stub;

    @BeforeEach
    void start() {
        stub = StubApi.start(folder, ShopFixture.RIGHTS);
    }

    @AfterEach
    void nothing_is_left() {
        try (var ended = stub) {
            ended.faults().calls(_ -> new Fate.Answered());
            assertThat(ended.leftovers()).isEmpty();
        }
    }

    private Outcome dial(KubernetesCluster cluster) {
        return cluster.observe(List.of(ShopFixture.FLOW), Dialling.DEFAULT).getFirst().outcome();
    }

    private void raise() {
        try (var backend = ShopFixture.join(stub, folder); var cluster = backend.start(Needs.DEFAULT)) {
            cluster.apply(ShopFixture.CAST);
        }
    }

    private void run(Trial trial) {
        run(ShopFixture.SHORT, trial);
    }

    private void run(Deadlines deadlines, Trial trial) {
        try (var backend = ShopFixture.join(stub, ShopFixture.settings(folder), deadlines);
                var cluster = (KubernetesCluster) backend.start(Needs.DEFAULT)) {
            cluster.apply(ShopFixture.CAST);
            trial.with(cluster);
        }
    }

    private interface Trial {
        void with(KubernetesCluster cluster);
    }

    private static boolean isOf(String namespace, NamespacedName pod) {
        return pod.namespace().equals(namespace);
    }

    @ParameterizedTest
    @EnumSource(names = {"DROPPED", "DOUBLED", "HALF_OPEN", "GARBLED", "REFUSED"})
    void is_overcome_when_the_first_attachments_are(Attachment fault) {
        stub.faults().attachments(number -> number <= 4 ? fault : Attachment.SOUND);
        run(cluster -> {
            assertThat(dial(cluster)).isInstanceOf(Outcome.Connected.class);
            cluster.apply(List.of(ShopFixture.DENY));
            assertThat(dial(cluster)).isInstanceOf(Outcome.TimedOut.class);
        });
    }

    @Test
    void is_overcome_when_attachments_are_cut_while_an_agent_dials() {
        run(cluster -> {
            cluster.apply(List.of(ShopFixture.DENY));
            var dialling = CompletableFuture.supplyAsync(() -> dial(cluster));
            stub.cutAttachments("shop", "web");
            stub.cutAttachments("shop", "api");
            assertThat(dialling.join()).isInstanceOf(Outcome.TimedOut.class);
        });
    }

    @Test
    void is_overcome_when_service_accounts_are_slow() {
        stub.faults().accountsAfter(3);
        run(cluster -> assertThat(dial(cluster)).isInstanceOf(Outcome.Connected.class));
    }

    @Test
    void proves_nothing_when_the_agent_restarted_while_it_was_asked() {
        run(cluster -> {
            cluster.apply(List.of(ShopFixture.DENY));
            var dialling = CompletableFuture.supplyAsync(() -> dial(cluster));
            stub.restartAgent("shop", "web");
            assertThat(dialling.join()).isInstanceOfAny(Outcome.ProbeFailed.class, Outcome.TimedOut.class);
            assertThat(dial(cluster)).isInstanceOf(Outcome.TimedOut.class);
        });
    }

    @Test
    void proves_nothing_when_the_pod_is_evicted() {
        run(cluster -> {
            stub.evict("shop", "web");
            assertThat(dial(cluster)).isInstanceOfSatisfying(Outcome.ProbeFailed.class,
                f -> assertThat(f.cause()).contains("shop/web"));
        });
    }

    @Test
    void proves_nothing_while_the_API_is_away_and_everything_is_removed_when_it_is_back() {
        run(ShopFixture.SHORT_TRAVEL, cluster -> {
            stub.leave();
            assertThat(dial(cluster)).isInstanceOfSatisfying(Outcome.ProbeFailed.class,
                f -> assertThat(f.cause()).contains("did not report within"));
            assertThatThrownBy(() -> cluster.apply(List.of(ShopFixture.DENY))).isInstanceOf(ClusterException.class)
                .hasMessageContaining("no connection");
            stub.comeBack();
            assertThat(dial(cluster)).isInstanceOf(Outcome.Connected.class);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"list nodes", "create namespaces", "create pods", "patch networkpolicies"})
    void is_told_when_a_call_is_never_answered(String right) {
        stub.faults().calls(call -> call.right().equals(right) ? new Fate.Hung() : new Fate.Answered());
        assertThatThrownBy(() -> run(cluster -> cluster.apply(List.of(ShopFixture.DENY))))
            .isInstanceOfAny(ClusterException.class, EnvironmentException.class).hasMessageContaining("no answer in time");
    }

    @Test
    void is_told_when_attachments_are_never_answered() {
        stub.faults().calls(call -> call.resource().equals("pods/attach") ? new Fate.Hung() : new Fate.Answered());
        assertThatThrownBy(this::raise).isInstanceOf(ClusterException.class).hasMessageContaining("did not answer within 3 s");
    }

    @ParameterizedTest
    @ValueSource(ints = {410, 429, 500, 503})
    void is_told_when_a_call_always_fails_with(int status) {
        stub.faults().calls(call -> call.right().equals("list pods") ? new Fate.Refused(status, "Whatever", "not today")
            : new Fate.Answered());
        assertThatThrownBy(this::raise).isInstanceOf(EnvironmentException.class).hasMessageContaining("not today (%d)".formatted(status));
    }

    @Test
    void is_told_when_a_pod_is_not_admitted() {
        stub.faults().births(pod -> isOf("shop", pod) ? Birth.NOT_ADMITTED : Birth.RUNS);
        assertThatThrownBy(this::raise).isInstanceOf(ClusterException.class).hasMessageContaining("violates PodSecurity");
    }

    @Test
    void is_told_when_a_pod_is_never_scheduled() {
        stub.faults().births(pod -> isOf("shop", pod) ? Birth.NEVER_SCHEDULED : Birth.RUNS);
        assertThatThrownBy(this::raise).isInstanceOf(ClusterException.class).hasMessageContaining("2 of 4 pods did not start within 3 s")
            .hasMessageContaining("not scheduled: 0/2 nodes are available: 2 Insufficient memory.");
    }

    @Test
    void is_told_when_the_image_cannot_be_pulled() {
        stub.faults().births(pod -> isOf("shop", pod) ? Birth.IMAGE_NOT_PULLED : Birth.RUNS);
        assertThatThrownBy(this::raise).isInstanceOf(ClusterException.class)
            .hasMessageContaining("image docker.io/library/eclipse-temurin:25-jre cannot be pulled").hasMessageContaining("--agent-image");
    }

    @Test
    void is_told_when_an_agent_crashes() {
        stub.faults().births(pod -> isOf("shop", pod) ? Birth.CRASHES : Birth.RUNS);
        assertThatThrownBy(this::raise).isInstanceOf(ClusterException.class).hasMessageContaining("CrashLoopBackOff");
    }

    @Test
    void is_told_when_an_agent_says_nothing() {
        stub.faults().births(pod -> isOf("shop", pod) ? Birth.MUTE : Birth.RUNS);
        assertThatThrownBy(this::raise).isInstanceOf(ClusterException.class).hasMessageContaining("did not answer within 3 s")
            .hasMessageContaining("container runs, its agent has not answered");
    }

    @Test
    void is_told_when_another_run_holds_the_lease() {
        try (var _ = ShopFixture.join(stub, folder)) {
            assertThatThrownBy(() -> ShopFixture.join(stub, ShopFixture.settings(folder, "run-2"), ShopFixture.SHORT))
                .isInstanceOf(EnvironmentException.class)
                .hasMessageContaining("another run of Lockdown (run-1) is using this cluster");
        }
    }

    @Test
    void is_told_when_a_namespace_stays_Terminating() {
        stub.faults().stuckNamespaces("shop");
        assertThatThrownBy(this::raise).isInstanceOf(ClusterException.class)
            .hasMessageContaining("the namespace shop is Terminating").hasMessageContaining("example.org/hold");
        stub.faults().stuckNamespaces();
        stub.finishNamespaces();
    }

    @Test
    void is_told_when_a_namespace_is_somebody_elses() {
        stub.addNamespace("shop");
        assertThatThrownBy(this::raise).isInstanceOf(IllegalArgumentException.class)
            .hasMessage("the namespace \"shop\" is there already, and "
                + "not ours; use it all the same with --map shop=shop, or another with --map shop=NAME");
    }

    @Test
    void is_no_trouble_when_many_calls_fail_at_random() {
        var calls = new AtomicInteger();
        stub.faults().calls(_ -> calls.incrementAndGet() % 3 == 0 ? new Fate.Reset() : new Fate.Answered());
        run(cluster -> assertThat(dial(cluster)).isInstanceOf(Outcome.Connected.class));
    }
}
