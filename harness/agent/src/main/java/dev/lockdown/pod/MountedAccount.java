package dev.lockdown.pod;

import dev.lockdown.flow.Outcome;
import dev.lockdown.probe.AgentClock;
import dev.lockdown.probe.ApiCall;
import dev.lockdown.probe.HttpHead;
import java.io.IOException;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/// The service account that is mounted in a pod: its token, which is read anew each time because it is renewed, and the certificate of
/// the cluster's API.
record MountedAccount(Path folder) {
    private static final int HTTPS = 443;

    static MountedAccount of(Map<String, String> environment) {
        return new MountedAccount(Path.of(environment.getOrDefault("LOCKDOWN_ACCOUNT", "/var/run/secrets/kubernetes.io/serviceaccount")));
    }

    /// The token, or nothing where none is mounted.
    String token() throws IOException {
        var file = folder.resolve("token");
        return Files.isReadable(file) ? Files.readString(file).strip() : "";
    }

    /// Ask the Kubernetes API over a connection that stands, which is closed afterwards.
    Outcome ask(String host, SocketChannel channel, Duration within) throws IOException {
        var token = token();
        if (token.isEmpty()) return new Outcome.ProbeFailed("no service account token is mounted in this pod");
        var factory = context().getSocketFactory();
        return new ApiCall(host, socket -> client(factory.createSocket(socket, host, HTTPS, true)), MountedAccount::read,
            AgentClock::nanos).over(channel, token, within);
    }

    private static SSLSocket client(Socket socket) {
        var client = (SSLSocket) socket;
        var parameters = client.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        client.setSSLParameters(parameters);
        return client;
    }

    /// Whatever the API thinks of the question, an answer under its certificate is its own.
    private static Outcome read(HttpHead answer, Duration roundTrip) {
        if (!answer.status().startsWith("HTTP/1.")) return new Outcome.Misdirected("a server that does not speak HTTP");
        return new Outcome.Connected(roundTrip, "kubernetes-api", "");
    }

    private SSLContext context() throws IOException {
        try (var file = Files.newInputStream(folder.resolve("ca.crt"))) {
            var store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            int number = 0;
            for (var certificate : CertificateFactory.getInstance("X.509").generateCertificates(file))
                store.setCertificateEntry("ca-" + number++, certificate);
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
