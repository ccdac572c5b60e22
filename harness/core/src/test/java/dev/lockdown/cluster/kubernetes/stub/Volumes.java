package dev.lockdown.cluster.kubernetes.stub;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockdown.flow.NamespacedName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Base64;

/// What pods find mounted, as files in a folder.
record Volumes(Path folder, X509Certificate certificate) {

    /// The files of a ConfigMap.
    Path of(ObjectNode config) {
        try {
            var place = Files.createDirectories(folder.resolve(config.at("/metadata/uid").asText()));
            for (var file : config.path("binaryData").properties())
                if (!Files.exists(place.resolve(file.getKey())))
                    Files.write(place.resolve(file.getKey()), Base64.getDecoder().decode(file.getValue().asText()));
            return place;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The folder that a pod's containers share.
    Path empty(ObjectNode pod) {
        try {
            return Files.createDirectories(folder.resolve("empty-" + pod.at("/metadata/uid").asText()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The service account of a pod.
    Path account(NamespacedName pod, String token) {
        try {
            var place = Files.createDirectories(folder.resolve("account-%s-%s".formatted(pod.namespace(), pod.name())));
            Files.writeString(place.resolve("token"), token);
            Files.writeString(place.resolve("ca.crt"), "-----BEGIN CERTIFICATE-----\n%s\n-----END CERTIFICATE-----\n"
                .formatted(Base64.getMimeEncoder().encodeToString(certificate.getEncoded())));
            return place;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException(e);
        }
    }
}
