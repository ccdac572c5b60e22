package dev.lockdown.probe;

import dev.lockdown.flow.Outcome;
import java.io.IOException;
import java.net.Socket;
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
import javax.net.ssl.SSLSocket;

/// Asks the Kubernetes API as a pod does: TLS with the cluster's certificate, the pod's own token, and `GET /version`.
public final class ApiCall {
    private final String host;
    private final Tls tls;
    private final Reading reading;
    private final LongSupplier nanos;

    /// Lays TLS over a connected socket, and trusts the cluster's certificate alone.
    public interface Tls {
        SSLSocket over(Socket connected) throws IOException;
    }

    /// Says what an answer means.
    public interface Reading {
        Outcome outcome(HttpHead answer, Duration roundTrip);
    }

    /// @param host as its certificate names it
    /// @param nanos the dialler's monotonic clock, in nanoseconds
    public ApiCall(String host, Tls tls, Reading reading, LongSupplier nanos) {
        this.host = host;
        this.tls = tls;
        this.reading = reading;
        this.nanos = nanos;
    }

    /// Speak over a connected channel in blocking mode, which is closed afterwards, with a reset.
    ///
    /// @param within how long to wait for all of it
    public Outcome over(SocketChannel channel, String token, Duration within) {
        long begin = nanos.getAsLong();
        try (channel) {
            channel.setOption(StandardSocketOptions.SO_LINGER, 0);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            var socket = tls.over(new DeadlineSocket(channel, within, nanos));
            socket.getOutputStream().write(request(token));
            var answer = HttpHead.read(socket.getInputStream());
            return reading.outcome(answer, since(begin));
        } catch (IOException e) {
            return failure(e, since(begin));
        }
    }

    private byte[] request(String token) {
        return "GET /version HTTP/1.1\r\nHost: %s\r\nAuthorization: Bearer %s\r\nAccept: application/json\r\n\r\n".formatted(host, token)
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
