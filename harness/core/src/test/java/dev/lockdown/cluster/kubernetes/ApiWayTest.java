package dev.lockdown.cluster.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockdown.cluster.ClusterException;
import dev.lockdown.cluster.Polling;
import dev.lockdown.cluster.kubernetes.stub.StubApi;
import dev.lockdown.cluster.kubernetes.system.ApiWay;
import dev.lockdown.cluster.kubernetes.system.LateCalls;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.net.http.HttpTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Work on a cluster that may be done again")
class ApiWayTest {
    @TempDir
    private Path folder;
    private StubApi stub;
    private KubernetesClient client;
    private ApiWay way;

    @BeforeEach
    void start() {
        stub = StubApi.start(folder, ShopFixture.RIGHTS);
        client = new Access.Text(stub.kubeconfig()).client();
        way = new ApiWay(client, new Polling(Duration.ofMillis(5)), Duration.ofSeconds(5), new LateCalls(), ApiErrorText::of);
    }

    @AfterEach
    void close() {
        client.close();
        stub.close();
    }

    /// Fail so often as there are failures, then succeed.
    ///
    /// @return how often it was done
    private int done(List<Exception> failures) {
        var times = new AtomicInteger();
        way.again(() -> {
            int time = times.getAndIncrement();
            if (time < failures.size()) throw new KubernetesClientException("failed", failures.get(time));
        });
        return times.get();
    }

    @Test
    void is_done_again_where_nothing_was_reached_as_often_as_that_takes() {
        assertThat(done(List.of(new IOException("reset"), new TimeoutException(), new IOException("reset")))).isEqualTo(4);
    }

    @Test
    void is_done_again_once_where_no_answer_came_in_time() {
        assertThat(done(List.of(new HttpTimeoutException("request timed out")))).isEqualTo(2);
        assertThat(done(List.of(new HttpTimeoutException("request timed out"), new IOException("reset")))).isEqualTo(3);
    }

    @Test
    void ends_where_an_API_that_is_there_gives_no_answer_twice() {
        assertThatThrownBy(() -> done(List.of(new HttpTimeoutException("one"), new HttpTimeoutException("two"))))
            .isInstanceOf(ClusterException.class).hasMessageContaining("the Kubernetes API did not answer: no answer in time");
    }

    @Test
    void ends_at_once_where_another_try_would_end_alike() {
        assertThatThrownBy(() -> done(List.of(new SSLHandshakeException("certificate")))).isInstanceOf(ClusterException.class)
            .hasMessageContaining("TLS failed");
        var times = new AtomicInteger();
        assertThatThrownBy(() -> way.again(() -> {
            times.incrementAndGet();
            client.secrets().inNamespace("shop").list();
        })).isInstanceOf(ClusterException.class).hasMessageContaining("refused");
        assertThat(times).hasValue(1);
    }
}
