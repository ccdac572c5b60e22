package dev.lockdown.cluster.embedded.controlplane;

import dev.lockdown.flow.NamespacedName;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.KeyGenerator;
import javax.crypto.Mac;
import javax.crypto.SecretKey;

/// The tokens that are mounted in a cluster's pods. Each is a JSON Web Token (RFC 7519) that is good in its own cluster only, and there
/// to be read without any packet.
///
/// May be used by several threads at once.
public final class ServiceAccountTokens {
    private static final String ALGORITHM = "HmacSHA256";
    private static final String ISSUER = "https://kubernetes.default.svc.cluster.local";
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private final SecretKey key;
    private final Map<String, Caller> issued = new ConcurrentHashMap<>();

    public ServiceAccountTokens() {
        try {
            key = KeyGenerator.getInstance(ALGORITHM).generateKey();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Who presents a token.
    public sealed interface Caller {
        String user();

        /// The service account `default` of the pod's namespace.
        record ServiceAccount(NamespacedName pod) implements Caller {
            @Override
            public String user() {
                return "system:serviceaccount:%s:default".formatted(pod.namespace());
            }
        }

        record Administrator() implements Caller {
            @Override
            public String user() {
                return "system:admin";
            }
        }
    }

    /// Give the pod's token, always the same.
    public String of(NamespacedName pod) {
        return issue(new Caller.ServiceAccount(pod), """
                ,"kubernetes.io":{"namespace":"%s","pod":{"name":"%s"},"serviceaccount":{"name":"default"}}\
                """.formatted(pod.namespace(), pod.name()));
    }

    /// Give the token of one who may do everything.
    public String administrator() {
        return issue(new Caller.Administrator(), "");
    }

    /// Find whose token this is; empty if it is nobody's of this cluster.
    public Optional<Caller> caller(String token) {
        return Optional.ofNullable(issued.get(token));
    }

    private String issue(Caller caller, String claims) {
        var head = encode("{\"alg\":\"HS256\",\"typ\":\"JWT\"}");
        var body = encode("""
                {"aud":["%1$s"],"iss":"%1$s","sub":"%2$s"%3$s}""".formatted(ISSUER, caller.user(), claims));
        var token = "%s.%s.%s".formatted(head, body, signature(head + "." + body));
        issued.put(token, caller);
        return token;
    }

    private String signature(String content) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return BASE64.encodeToString(mac.doFinal(content.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String encode(String json) {
        return BASE64.encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }
}
