package dev.lockdown.cluster.kubernetes.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.http.HttpRequest;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Calls of the API that may be carried out late")
class LateCallsTest {
    private final LateCalls calls = new LateCalls();

    private void failed(String method, Throwable failure) {
        var request =
            (HttpRequest) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {HttpRequest.class}, (_, called, _) -> {
                assertThat(called.getName()).isEqualTo("method");
                return method;
            });
        calls.afterConnectionFailure(request, failure);
    }

    @Test
    void are_those_that_change_something_and_were_not_answered() {
        failed("PATCH", new IOException(new HttpTimeoutException("request timed out")));
        assertThat(calls.any()).isTrue();
    }

    /// As fabric8 ends what has answered in part.
    @Test
    void are_those_that_fabric8_gave_up_by_its_own_clock() {
        calls.failed(new KubernetesClientException("Operation", new IOException(new TimeoutException())));
        assertThat(calls.any()).isTrue();
    }

    @Test
    void are_not_those_that_were_refused() {
        calls.failed(new KubernetesClientException("Forbidden", 403, null));
        calls.failed(new KubernetesClientException("Operation", new ConnectException("Connection refused")));
        assertThat(calls.any()).isFalse();
    }

    @Test
    void are_not_those_that_only_ask() {
        failed("GET", new HttpTimeoutException("request timed out"));
        assertThat(calls.any()).isFalse();
    }

    @Test
    void are_not_those_that_were_never_sent() {
        failed("POST", new IOException(new ConnectException("Connection refused")));
        failed("DELETE", new HttpConnectTimeoutException("HTTP connect timed out"));
        assertThat(calls.any()).isFalse();
    }
}
