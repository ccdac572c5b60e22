package dev.lockdown.cluster.kubernetes;

import dev.lockdown.cluster.ClusterException;
import dev.lockdown.state.OutsideText;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.ConnectException;
import java.net.http.HttpTimeoutException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/// Says in a few words why a call of the API failed: what the API answered, or what went wrong on the way to it.
final class ApiErrorText {
    private ApiErrorText() {}

    /// Where the API is, without what a kubeconfig may have put into its address to get in.
    static String url(KubernetesClient client) {
        return OutsideText.withoutSecrets(client.getMasterUrl().toString());
    }

    static String of(KubernetesClientException failure) {
        return OutsideText.withoutSecrets(words(failure));
    }

    private static String words(KubernetesClientException failure) {
        if (failure.getCode() > 0)
            return failure.getStatus() != null && failure.getStatus().getMessage() != null
                ? "%s (%s)".formatted(failure.getStatus().getMessage(), failure.getCode()) : "HTTP status " + failure.getCode();
        Throwable last = failure;
        for (Throwable cause = failure; cause != null && cause != cause.getCause(); cause = cause.getCause()) {
            if (cause instanceof ConnectException) return "no connection; nothing listens there, or something on the way is down";
            if (cause instanceof HttpTimeoutException || cause instanceof TimeoutException) return "no answer in time";
            if (cause instanceof SSLException) return "TLS failed: " + cause.getMessage();
            last = cause;
        }
        return last.getMessage() == null ? last.getClass().getSimpleName() : last.getMessage();
    }

    /// A call that failed in the midst of a scenario.
    static ClusterException refused(KubernetesClientException e) {
        return new ClusterException((e.getCode() > 0 ? "the Kubernetes API refused: " : "the Kubernetes API did not answer: ") + of(e), e);
    }
}
