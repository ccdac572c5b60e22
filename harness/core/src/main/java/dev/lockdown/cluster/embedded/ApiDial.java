package dev.lockdown.cluster.embedded;

import dev.lockdown.flow.Outcome;
import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.function.LongSupplier;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;

/// Dials the Kubernetes API as a pod does: TLS to `kubernetes.default.svc` with the cluster's certificate, the pod's own token, and
/// `GET /version`.
final class ApiDial {
    private final ClusterTls tls;
    private final LongSupplier nanos;

    /// @param nanos the dialler's monotonic clock, in nanoseconds
    ApiDial(ClusterTls tls, LongSupplier nanos) {
        this.tls = tls;
        this.nanos = nanos;
    }

    /// Speak over a connected channel in blocking mode, which is closed afterwards, with a reset.
    ///
    /// @param within how long to wait for all of it
    Outcome dial(SocketChannel channel, String token, Duration within) {
        long begin = nanos.getAsLong();
        try (channel) {
            channel.setOption(StandardSocketOptions.SO_LINGER, 0);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            var socket = tls.client(new DeadlineSocket(channel, within, nanos));
            socket.getOutputStream().write(request(token));
            var answer = ApiReply.read(socket.getInputStream());
            return answer.outcome(since(begin));
        } catch (IOException e) {
            return failure(e, since(begin));
        }
    }

    private static byte[] request(String token) {
        return "GET /version HTTP/1.1\r\nHost: %s\r\nAuthorization: Bearer %s\r\nAccept: application/json\r\n\r\n"
            .formatted(ClusterTls.HOST, token)
            .getBytes(StandardCharsets.US_ASCII);
    }

    private Duration since(long begin) {
        return Duration.ofNanos(nanos.getAsLong() - begin);
    }

    private static Outcome failure(IOException failure, Duration after) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SocketTimeoutException) return new Outcome.TimedOut(after, Outcome.Lost.UNKNOWN);
            if (cause instanceof CertificateException) return new Outcome.Misdirected("a server without the cluster's certificate");
            // After the handshake of TCP, a socket fails by a reset and nothing else.
            if (cause instanceof SocketException) return new Outcome.Refused();
        }
        return failure instanceof SSLException && !(failure instanceof SSLHandshakeException)
            ? new Outcome.Misdirected("a server that does not speak TLS")
            : new Outcome.ProbeFailed("the dial of the Kubernetes API broke off: " + failure);
    }
}
