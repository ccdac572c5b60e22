package dev.lockdown.manifest;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lockdown.manifest.yaml.ManifestException;
import dev.lockdown.state.NetworkPolicy;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/// Texts of manifests and what becomes of them.
public final class Texts {
    private Texts() {}

    /// A policy whose spec has the given lines, the first of them on line 5, moved right by two columns.
    public static String policyWith(String spec) {
        return """
            apiVersion: networking.k8s.io/v1
            kind: NetworkPolicy
            metadata: {name: x}
            spec:
            """ + spec.indent(2);
    }

    public static Manifest read(String text) {
        return Manifests.read("a.yaml", text, "shop");
    }

    public static NetworkPolicy policy(String spec) {
        return read(policyWith(spec)).policies().getFirst();
    }

    /// Give the message with which a text is refused.
    public static String refusal(String text) {
        return messageOf(() -> read(text));
    }

    public static String messageOf(ThrowingCallable reading) {
        return String.valueOf(catchThrowableOfType(ManifestException.class, reading).getMessage());
    }

    public static String refusalOfSpec(String spec) {
        return refusal(policyWith(spec));
    }
}
