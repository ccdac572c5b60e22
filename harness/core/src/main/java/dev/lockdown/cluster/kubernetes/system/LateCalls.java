package dev.lockdown.cluster.kubernetes.system;

import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.util.concurrent.TimeoutException;

/// Notes whether a call that changes something was given up after it was sent: its packets are sent again and again all the same, and the API
/// may do it much later. Thread-safe.
public final class LateCalls implements Interceptor {
    private volatile boolean any;

    @Override
    public void afterConnectionFailure(HttpRequest request, Throwable failure) {
        if (!"GET".equals(request.method()) && !isUnsent(failure)) any = true;
    }

    /// fabric8 gives a call up by a clock of its own as well, of which [#afterConnectionFailure] does not hear.
    static boolean isGivenUp(Throwable failure) {
        for (Throwable cause = failure; cause != null && cause != cause.getCause(); cause = cause.getCause())
            if (cause instanceof TimeoutException) return true;
        return false;
    }

    /// Hear of a call that failed, whatever it was.
    void failed(Throwable failure) {
        if (isGivenUp(failure)) any = true;
    }

    private static boolean isUnsent(Throwable failure) {
        for (Throwable cause = failure; cause != null && cause != cause.getCause(); cause = cause.getCause())
            if (cause instanceof ConnectException || cause instanceof HttpConnectTimeoutException) return true;
        return false;
    }

    /// Whether one was.
    boolean any() {
        return any;
    }
}
