package dev.lockdown.cluster.embedded.api;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/// The TLS of the Kubernetes API, both ends of it. One serves every cluster of a process: so the first dial of a cluster resumes the
/// session of an earlier one, and the key is made once.
///
/// May be used by several threads at once.
public final class ClusterTls {
    public static final String HOST = "kubernetes.default.svc";
    public static final List<String> NAMES =
        List.of("kubernetes", "kubernetes.default", HOST, "kubernetes.default.svc.cluster.local", "localhost");
    private static final char[] NO_PASSWORD = new char[0];
    private static final String[] PROTOCOLS = {"TLSv1.2"};
    private static final String[] CIPHERS = {"TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256"};
    private static final String[] GROUPS = {"x25519"};

    private final SSLContext context;
    private final X509Certificate certificate;

    private ClusterTls(SSLContext context, X509Certificate certificate) {
        this.context = context;
        this.certificate = certificate;
    }

    /// Make the key, the certificate and what both ends need of them.
    ///
    /// @param names what the API server may be called; usually [#NAMES]
    /// @param addresses where it may be reached, as literals
    public static ClusterTls make(List<String> names, List<String> addresses) {
        try {
            var made = ServerCertificate.make("kubernetes", names, addresses);
            var keys = KeyManagerFactory.getInstance("SunX509");
            keys.init(store(made), NO_PASSWORD);
            var trust = TrustManagerFactory.getInstance("PKIX");
            trust.init(store(made.certificate()));
            var context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
            return new ClusterTls(context, made.certificate());
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("this JDK has no TLS with Ed25519", e);
        }
    }

    /// Give the certificate that a client has to trust, and that is trusted by nobody else.
    public X509Certificate certificate() {
        return certificate;
    }

    /// Begin the client's side over a connected socket. Only the cluster's own certificate for [#HOST] will do.
    public SSLSocket client(Socket connected) throws IOException {
        // Host and port are the key of the session cache, too.
        var socket = restricted((SSLSocket) context.getSocketFactory().createSocket(connected, HOST, 443, true));
        var parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        return socket;
    }

    SSLSocket server(Socket accepted) throws IOException {
        return restricted((SSLSocket) context.getSocketFactory().createSocket(accepted, InputStream.nullInputStream(), true));
    }

    /// One of each kind: what is never negotiated is never loaded, which shortens the first handshake.
    private static SSLSocket restricted(SSLSocket socket) {
        var parameters = socket.getSSLParameters();
        parameters.setProtocols(PROTOCOLS);
        parameters.setCipherSuites(CIPHERS);
        parameters.setNamedGroups(GROUPS);
        socket.setSSLParameters(parameters);
        return socket;
    }

    // JKS, because it neither stretches the password nor encrypts with classes that are needed for nothing else.
    private static KeyStore store(ServerCertificate made) throws GeneralSecurityException, IOException {
        var store = KeyStore.getInstance("JKS");
        store.load(null, null);
        store.setKeyEntry("api", made.key(), NO_PASSWORD, new Certificate[] {made.certificate()});
        return store;
    }

    private static KeyStore store(X509Certificate trusted) throws GeneralSecurityException, IOException {
        var store = KeyStore.getInstance("JKS");
        store.load(null, null);
        store.setCertificateEntry("ca", trusted);
        return store;
    }
}
