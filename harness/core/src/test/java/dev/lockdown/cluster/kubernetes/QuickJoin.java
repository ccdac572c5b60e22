package dev.lockdown.cluster.kubernetes;

import dev.lockdown.cluster.WaitListener;
import dev.lockdown.cluster.kubernetes.nodes.Maintenance;
import java.time.InstantSource;

/// Joins a stub for tests of other packages, with the short deadlines of those here.
public final class QuickJoin {
    private QuickJoin() {}

    public static KubernetesBackend join(String kubeconfig, Settings settings, Maintenance maintenance) {
        return KubernetesBackend.join(new Access.Text(kubeconfig), settings, ShopFixture.LONG, maintenance, InstantSource.system(),
            KubernetesBackend.Harness.own(WaitListener.NONE));
    }
}
