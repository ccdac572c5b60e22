package dev.lockdown.cluster.kubernetes.system;

import dev.lockdown.cluster.ClusterException;
import dev.lockdown.cluster.Polling;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.net.ssl.SSLException;

/// The way to a cluster's API, which may be lost for a while: the machine of the harness loses its network, or the server restarts.
///
/// ```java
/// way.again(() -> apply(policy));          // done again when the API is back
/// var cut = way.once(() -> cuts.begin(nodes));
/// ```
/// Both throw a [ClusterException] where the API refused, or did not answer in time.
public final class ApiWay {
    private final KubernetesClient client;
    private final Polling polling;
    private final Duration longest;
    private final Function<KubernetesClientException, String> wording;
    private final LateCalls late;

    /// @param polling tells what is waited for
    /// @param longest how long the API may be away
    /// @param late hears of the client's calls
    /// @param wording says for people why a call failed
    public ApiWay(KubernetesClient client, Polling polling, Duration longest, LateCalls late,
            Function<KubernetesClientException, String> wording) {
        this.client = client;
        this.polling = polling;
        this.longest = longest;
        this.late = late;
        this.wording = wording;
    }

    /// Do what may be done twice: where nothing is reached, wait until it is, and do it again from its beginning. What was not answered in time
    /// is done again once: the way may have been lost while it was under way, and was back before the client had tried it anew.
    public void again(Runnable work) {
        var _ = once(() -> {
            long began = System.nanoTime();
            boolean unanswered = false;
            for (Optional<KubernetesClientException> failed; (failed = failed(work)).isPresent();) {
                var failure = failed.get();
                boolean away = isUnreached(failure);
                if (!away && (unanswered || !isUnanswered(failure))) throw failure;
                unanswered |= !away;
                if (!isBack(longest.minusNanos(System.nanoTime() - began))) throw failure;
            }
            return 0;
        });
    }

    /// Do what must not be done twice.
    public <T> T once(Supplier<T> work) {
        try {
            return work.get();
        } catch (KubernetesClientException e) {
            late.failed(e);
            throw new ClusterException(
                (e.getCode() > 0 ? "the Kubernetes API refused: " : "the Kubernetes API did not answer: ") + wording.apply(e), e);
        }
    }

    /// Whether a call was given up that the API may do much later.
    public boolean mayBeLate() {
        return late.any();
    }

    private Optional<KubernetesClientException> failed(Runnable work) {
        try {
            work.run();
            return Optional.empty();
        } catch (KubernetesClientException e) {
            late.failed(e);
            return Optional.of(e);
        }
    }

    private static boolean isUnanswered(KubernetesClientException e) {
        if (e.getCode() > 0) return false;
        for (Throwable cause = e; cause != null && cause != cause.getCause(); cause = cause.getCause())
            if (cause instanceof HttpTimeoutException || cause instanceof InterruptedIOException) return true;
        return false;
    }

    /// An answer that does not come in time has been waited for three times already, unless it was fabric8's own clock that ran out: then the
    /// client does not try again. A certificate does not get better.
    private static boolean isUnreached(KubernetesClientException e) {
        if (e.getCode() > 0) return false;
        if (LateCalls.isGivenUp(e)) return true;
        boolean unreached = false;
        for (Throwable cause = e; cause != null && cause != cause.getCause(); cause = cause.getCause()) {
            if (cause instanceof HttpConnectTimeoutException) return true;
            if (cause instanceof HttpTimeoutException || cause instanceof SSLException || cause instanceof InterruptedIOException)
                return false;
            unreached |= cause instanceof IOException;
        }
        return unreached;
    }

    private boolean isBack(Duration left) {
        if (left.isNegative()) return false;
        return polling.until(left, this::problem, Optional::isEmpty, why -> "the API to be reached again: " + why.orElse("")).value()
            .isEmpty();
    }

    private Optional<String> problem() {
        try {
            client.getKubernetesVersion();
            return Optional.empty();
        } catch (KubernetesClientException e) {
            return isUnreached(e) ? Optional.of(wording.apply(e)) : Optional.empty();
        }
    }
}
