package dev.lockdown.pod;

import dev.lockdown.flow.Outcome;
import dev.lockdown.probe.AgentClock;
import dev.lockdown.probe.ApiCall;
import dev.lockdown.probe.HttpHead;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/// The service account that is mounted in a pod: its token, which is read anew each time because it is renewed, and the certificate of
/// the cluster's API. Thread-safe.
final class MountedAccount {
    private static final int HTTPS = 443;
    /// The cheapest key exchange by far for a process that has just started, and one that most servers have; the default set makes two keys.
    private static final String[] CHEAPEST = {"x25519"};

    private final Path folder;
    private @Nullable Trusted trusted; // guarded by this
    private volatile boolean anyKeyExchange;

    MountedAccount(Path folder) {
        this.folder = folder;
    }

    /// What was made of a certificate. Sessions are resumed within it, which spares both ends most of the next handshake.
    private record Trusted(byte[] certificate, SSLContext context) {}

    static MountedAccount of(Map<String, String> environment) {
        return new MountedAccount(Path.of(environment.getOrDefault("LOCKDOWN_ACCOUNT", "/var/run/secrets/kubernetes.io/serviceaccount")));
    }

    /// The token, or nothing where none is mounted.
    String token() throws IOException {
        var file = folder.resolve("token");
        return Files.isReadable(file) ? Files.readString(file).strip() : "";
    }

    /// Ask the Kubernetes API over a connection that stands, which is closed afterwards. The first handshake that comes to nothing is a
    /// failure of the probe, whatever its reason: from then on all key exchanges are offered.
    Outcome ask(String host, SocketChannel channel, Duration within) throws IOException {
        var token = token();
        if (token.isEmpty()) return new Outcome.ProbeFailed("no service account token is mounted in this pod");
        var factory = context().getSocketFactory();
        return new ApiCall(host, socket -> client((SSLSocket) factory.createSocket(socket, host, HTTPS, true)), MountedAccount::read,
            AgentClock::nanos).over(channel, token, within);
    }

    private SSLSocket client(SSLSocket client) throws IOException {
        var parameters = client.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        boolean cheapest = !anyKeyExchange;
        if (cheapest) parameters.setNamedGroups(CHEAPEST);
        client.setSSLParameters(parameters);
        try {
            client.startHandshake();
        } catch (SSLException e) {
            if (!cheapest || isOfCertificate(e)) throw e;
            anyKeyExchange = true;
            var last = new SSLHandshakeException("without a key exchange in common; the next offers more");
            last.initCause(e);
            throw last;
        }
        return client;
    }

    private static boolean isOfCertificate(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) if (cause instanceof CertificateException) return true;
        return false;
    }

    /// Whatever the API thinks of the question, an answer under its certificate is its own.
    private static Outcome read(HttpHead answer, Duration roundTrip) {
        if (!answer.status().startsWith("HTTP/1.")) return new Outcome.Misdirected("a server that does not speak HTTP");
        return new Outcome.Connected(roundTrip, "kubernetes-api", "");
    }

    private synchronized SSLContext context() throws IOException {
        byte[] certificate = Files.readAllBytes(folder.resolve("ca.crt"));
        var last = trusted;
        if (last == null || !Arrays.equals(last.certificate, certificate))
            trusted = last = new Trusted(certificate, trusting(certificate));
        return last.context;
    }

    private static SSLContext trusting(byte[] certificate) throws IOException {
        try {
            var store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            int number = 0;
            for (var each : CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(certificate)))
                store.setCertificateEntry("ca-" + number++, each);
            var trust = TrustManagerFactory.getInstance("PKIX");
            trust.init(store);
            var context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException("the mounted ca.crt cannot be used: " + e.getMessage(), e);
        }
    }
}
