package dev.lockdown.cluster.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockdown.cluster.EnvironmentException;
import dev.lockdown.cluster.Needs;
import dev.lockdown.cluster.WaitListener;
import dev.lockdown.cluster.embedded.kernel.NamespacesAvailable;
import dev.lockdown.cluster.kubernetes.lease.HolderProcess;
import dev.lockdown.cluster.kubernetes.lease.RunLease;
import dev.lockdown.cluster.kubernetes.nodes.Maintenance;
import dev.lockdown.cluster.kubernetes.outside.OwnMachine;
import dev.lockdown.cluster.kubernetes.stub.StubApi;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A run whose process was killed, so that its lease, its ledger and its objects stay.
@NamespacesAvailable
@DisplayName("A run that was killed")
class DeadRunTest {
    /// When every lease of now is over.
    private static final InstantSource LATER = () -> Instant.now().plusSeconds(3600);

    @TempDir
    private Path folder;

    private HolderProcess ended;

    @BeforeEach
    void end_a_process() throws IOException, InterruptedException {
        var process = new ProcessBuilder("sleep", "60").start();
        ended = Objects.requireNonNull(HolderProcess.of(process.pid()));
        assertThat(ended.isGone()).isFalse();
        process.destroyForcibly().waitFor();
    }

    private KubernetesBackend join(StubApi stub, Settings settings, @Nullable HolderProcess process) {
        return join(stub, settings, InstantSource.system(), process);
    }

    private static KubernetesBackend join(StubApi stub, Settings settings, InstantSource clock, @Nullable HolderProcess process) {
        return KubernetesBackend.join(new Access.Text(stub.kubeconfig()), settings, ShopFixture.SHORT, Maintenance.NONE, clock,
            new KubernetesBackend.Harness(process, OwnMachine.here(), WaitListener.NONE));
    }

    private void begin(StubApi stub, Settings settings, @Nullable HolderProcess process) {
        join(stub, settings, process).start(Needs.DEFAULT).apply(ShopFixture.CAST);
    }

    private Settings settings(String run, String ledgers, boolean keep) {
        var usual = ShopFixture.settings(folder, run);
        return new Settings(run, usual.agentImage(), usual.namespaces(), usual.externals(), false, false, false, keep, false,
            folder.resolve(ledgers).resolve(run));
    }

    @Test
    void is_a_process_that_is_gone_and_no_other() throws IOException {
        assertThat(ended.isGone()).isTrue();
        var own = Objects.requireNonNull(HolderProcess.own());
        assertThat(own.isGone()).isFalse();
        assertThat(HolderProcess.parse(own.toString())).isEqualTo(own);
        assertThat(new HolderProcess(own.boot(), own.namespace(), own.user(), own.pid(), "1").isGone()).as("the number is another's")
            .isTrue();
        assertThat(new HolderProcess("other", ended.namespace(), ended.user(), ended.pid(), ended.began()).isGone())
            .as("another machine").isFalse();
        assertThat(new HolderProcess(ended.boot(), "pid:[1]", ended.user(), ended.pid(), ended.began()).isGone())
            .as("another container").isFalse();
        assertThat(new HolderProcess(ended.boot(), ended.namespace(), "other", ended.pid(), ended.began()).isGone())
            .as("another user, whose processes may be hidden").isFalse();
        assertThat(HolderProcess.parse(null)).isNull();
        assertThat(HolderProcess.parse("a b c ../1 d")).isNull();
    }

    @Test
    void gives_way_to_the_next_at_once_which_removes_what_it_left_and_goes_on() {
        try (var stub = StubApi.start(folder, ShopFixture.RIGHTS)) {
            begin(stub, settings("run-1", "there", false), ended);
            try (var next = join(stub, settings("run-2", "here", false), HolderProcess.own()); var cluster = next.start(Needs.DEFAULT)) {
                assertThat(next.removed()).hasSize(2).first().isEqualTo("took over the lease of run run-1, whose process is gone");
                assertThat(next.removed().getLast()).startsWith("removed what run run-1 left, whose process is gone: ")
                    .contains("Namespace shop", "Namespace lockdown-nodes");
                cluster.apply(ShopFixture.CAST);
            }
            assertThat(stub.leftovers()).isEmpty();
        }
    }

    @Test
    void is_known_by_its_ledger_too_and_swept_with_it() throws IOException {
        try (var stub = StubApi.start(folder, ShopFixture.RIGHTS)) {
            begin(stub, settings("run-1", "here", false), ended);
            try (var client = new Access.Text(stub.kubeconfig()).client()) {
                RunLease.remove(client);
            }
            try (var second = join(stub, settings("run-2", "elsewhere", false), HolderProcess.own())) {
                assertThat(second.removed()).as("where nothing is known of it").isEmpty();
                assertThat(stub.leftovers()).contains("Namespace  shop");
            }
            try (var third = join(stub, settings("run-3", "here", false), HolderProcess.own())) {
                assertThat(third.removed()).singleElement().asString().startsWith("removed what run run-1 left");
            }
            assertThat(stub.leftovers()).isEmpty();
            try (var ledgers = Files.list(folder.resolve("here"))) {
                assertThat(ledgers).as("ledgers").isEmpty();
            }
        }
    }

    @Test
    void keeps_what_it_was_told_to_keep() {
        try (var stub = StubApi.start(folder, ShopFixture.RIGHTS)) {
            begin(stub, settings("run-1", "here", true), ended);
            try (var next = join(stub, settings("run-2", "here", false), LATER, HolderProcess.own())) {
                assertThat(next.removed()).isEmpty();
            }
            assertThat(stub.leftovers()).contains("Namespace  shop");
        }
    }

    @Test
    void keeps_others_away_as_long_as_it_may_live() {
        var own = Objects.requireNonNull(HolderProcess.own());
        try (var stub = StubApi.start(folder, ShopFixture.RIGHTS)) {
            for (var holder : new HolderProcess[] {own,
                new HolderProcess("other", ended.namespace(), ended.user(), ended.pid(), ended.began())}) {
                try (var _ = join(stub, settings("run-1", "there", false), holder)) {
                    assertThatThrownBy(() -> join(stub, settings("run-2", "here", false), own)).isInstanceOf(EnvironmentException.class)
                        .hasMessageContaining("another run of Lockdown (run-1) is using this cluster");
                }
            }
        }
    }
}
