package dev.lockdown.cluster.kubernetes;

import dev.lockdown.cluster.ClusterException;
import dev.lockdown.state.OutsideText;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.ConnectException;
import java.net.http.HttpTimeoutException;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;

/// Says in a few words why a call of the API failed: what the API answered, or what went wrong on the way to it.
final class ApiErrorText {
    /// As the API server's admission writes it.
    private static final Pattern QUOTA = Pattern.compile("(?:exceeded|failed) quota: ([a-z0-9.-]+)");

    private ApiErrorText() {}

    /// Where the API is, without what a kubeconfig may have put into its address to get in.
    static String url(KubernetesClient client) {
        return OutsideText.withoutSecrets(client.getMasterUrl().toString());
    }

    static String of(KubernetesClientException failure) {
        var words = OutsideText.withoutSecrets(words(failure));
        var quota = QUOTA.matcher(words);
        return failure.getCode() != 403 || !quota.find() ? words : """
            %s; the ResourceQuota %s of that namespace stands in the way: raise it (kubectl describe quota %<s), or have the scenario use \
            another namespace with --map""".formatted(words, quota.group(1));
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
