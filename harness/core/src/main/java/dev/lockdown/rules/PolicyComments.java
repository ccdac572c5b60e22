package dev.lockdown.rules;

import dev.lockdown.flow.NamespacedName;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Finds out from the comments of rules of which policy they are.
final class PolicyComments {
    /// kube-router: `rule to ACCEPT traffic from source pods to dest pods selected by policy name allow-web namespace shop`.
    private static final Pattern KUBE_ROUTER = Pattern.compile("policy name:? ?([a-z0-9.-]+) namespace:? ?([a-z0-9-]+)");
    /// Felix: `Policy shop/knp.default.allow-web ingress`, in the first rule of a policy's chain.
    private static final Pattern CALICO = Pattern.compile("Policy ([a-z0-9-]+)/knp\\.default\\.([a-z0-9.-]+) (?:ingress|egress)");

    private PolicyComments() {}

    static @Nullable NamespacedName policy(String text) {
        var kubeRouter = KUBE_ROUTER.matcher(text);
        if (kubeRouter.find()) return new NamespacedName(kubeRouter.group(2), kubeRouter.group(1));
        var calico = CALICO.matcher(text);
        return calico.find() ? new NamespacedName(calico.group(1), calico.group(2)) : null;
    }

    /// Whether the comment speaks of the whole chain.
    static boolean isOfChain(String text) {
        return CALICO.matcher(text).find();
    }
}
