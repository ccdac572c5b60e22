package dev.lockdown.cluster.embedded.api;

import java.io.ByteArrayInputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/// A self-signed certificate with its key, made in memory when it is needed.
///
/// A key that was made by the build would lie in a jar for everybody to read, make every build differ, and cost three times as much to
/// unlock at start as this one costs to make.
record ServerCertificate(PrivateKey key, X509Certificate certificate) {
    /// RFC 8410: without parameters. In Java it is made in a third of the time that P-256 takes, whose tables come first.
    private static final byte[] ED25519 = Der.sequence(Der.identifier(1, 3, 101, 112));
    private static final byte[] COMMON_NAME = Der.identifier(2, 5, 4, 3);
    private static final byte[] SUBJECT_ALTERNATIVE_NAME = Der.identifier(2, 5, 29, 17);
    /// A clock that is wrong must not look like a policy; RFC 5280 section 4.1.2.5 has the second date for "no end".
    private static final byte[] ALWAYS = Der.sequence(Der.time("20000101000000Z"), Der.time("99991231235959Z"));

    /// Make a certificate that never runs out.
    ///
    /// @param addresses literals
    static ServerCertificate make(String subject, List<String> names, List<String> addresses) throws GeneralSecurityException {
        var pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        var content = content(subject, names(names, addresses), pair.getPublic());
        var signature = Signature.getInstance("Ed25519");
        signature.initSign(pair.getPrivate());
        signature.update(content);
        var bytes = Der.sequence(content, ED25519, Der.bits(signature.sign()));
        var certificate = CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(bytes));
        return new ServerCertificate(pair.getPrivate(), (X509Certificate) certificate);
    }

    /// The TBSCertificate of RFC 5280 section 4.1.
    private static byte[] content(String subject, byte[] names, PublicKey key) {
        var version3 = Der.explicit(0, Der.integer((byte) 2));
        var serial = Der.integer((byte) 1);
        var name = Der.sequence(Der.set(Der.sequence(COMMON_NAME, Der.text(subject))));
        var extensions = Der.explicit(3, Der.sequence(Der.sequence(SUBJECT_ALTERNATIVE_NAME, Der.octets(names))));
        return Der.sequence(version3, serial, ED25519, name, ALWAYS, name, key.getEncoded(), extensions);
    }

    private static byte[] names(List<String> names, List<String> addresses) {
        var all = new ArrayList<byte[]>();
        for (var name : names) all.add(Der.implicit(2, name.getBytes(StandardCharsets.US_ASCII)));
        for (var address : addresses) all.add(Der.implicit(7, InetAddress.ofLiteral(address).getAddress()));
        return Der.sequence(all.toArray(byte[][]::new));
    }
}
