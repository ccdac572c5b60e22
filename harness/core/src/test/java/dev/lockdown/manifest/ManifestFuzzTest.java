package dev.lockdown.manifest;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.lockdown.manifest.yaml.ManifestException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Timeout;

/// Begins at the files in `ManifestFuzzTestInputs`; what a fuzzer found once is kept there.
@DisplayName("Whatever bytes a manifest has")
class ManifestFuzzTest {
    @DictionaryEntries({"podSelector", "namespaceSelector", "ipBlock", "except", "endPort", "port", "policyTypes", "matchExpressions",
        "operator", "values", "NotIn", "Exists", "egress", "ingress", "from", "to", "initContainers", "containerPort", "replicas",
        "targetPort", "clusterIP", "kind: List", "items", "<<: *a", "&a", "*a", "---", "{}", "[]", "null", "0x50", "!!str"})
    @Timeout(60)
    @FuzzTest(maxDuration = "3s")
    @SuppressWarnings("CheckReturnValue")
    void only_a_manifest_exception_comes_out(byte[] bytes) {
        try {
            Manifests.read("fuzz.yaml", new String(bytes, UTF_8), "default");
        } catch (ManifestException _) {
            // Refused, as most of them must be.
        }
    }
}
