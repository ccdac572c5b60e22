package dev.lockdown.cluster.embedded.wiring;

import dev.lockdown.cluster.embedded.kernel.NamespaceThread;
import dev.lockdown.cluster.embedded.kernel.NetworkNamespace;
import dev.lockdown.cluster.embedded.kernel.Rtnetlink;
import java.net.InetAddress;
import java.util.List;

/// The router between the nodes, and the internet behind it. All methods run on the namespace thread.
///
/// What no node has goes to the internet, and what no external host has is swallowed there in silence.
final class Fabric implements AutoCloseable {
    private static final int INTERNET = 2;
    private static final String INTERNET_INTERFACE = "internet";
    private static final int FIRST_NODE = 100;

    private final AddressPlan plan;
    private final NetworkNamespace router;
    private final Rtnetlink routerLinks;
    private final NetworkNamespace internet;
    private final Rtnetlink internetLinks;

    private Fabric(AddressPlan plan, NetworkNamespace router, Rtnetlink routerLinks, NetworkNamespace internet, Rtnetlink internetLinks) {
        this.plan = plan;
        this.router = router;
        this.routerLinks = routerLinks;
        this.internet = internet;
        this.internetLinks = internetLinks;
    }

    static Fabric create(NamespaceThread thread, AddressPlan plan) {
        var settings = new Sysctls(plan.families());
        var router = thread.create();
        settings.ofFabric();
        var routerLinks = Rtnetlink.open();
        var internet = thread.create();
        settings.ofInternet();
        var fabric = new Fabric(plan, router, routerLinks, internet, Rtnetlink.open());
        fabric.connectInternet();
        return fabric;
    }

    NetworkNamespace internet() {
        return internet;
    }

    /// Lay the veth pair to a node and route its pods there.
    void connect(NodeLink node) {
        int index = FIRST_NODE + node.number();
        VethPair.lay(routerLinks, index, interfaceTo(node), NodeLink.UPLINK, node.namespace());
        VethPair.routeTo(routerLinks, index, node.addresses());
        for (var family : plan.families()) {
            var pods = plan.pods(family, node.number());
            VethPair.routeThrough(routerLinks, index, pods.network(), pods.prefixLength());
        }
        routerLinks.commit();
    }

    /// Once the node has brought up its end of the veth pair.
    void connected(NodeLink node) {
        routerLinks.settle(interfaceTo(node));
    }

    /// Give the internet an address.
    void addHost(List<InetAddress> addresses) {
        for (var address : addresses) internetLinks.address(Rtnetlink.LOOPBACK, address, VethPair.single(address));
        internetLinks.commit();
    }

    /// Send what is for an address to a node.
    void route(InetAddress address, NodeLink node) {
        VethPair.routeThrough(routerLinks, FIRST_NODE + node.number(), address, VethPair.single(address));
        routerLinks.commit();
    }

    private void connectInternet() {
        routerLinks.up(Rtnetlink.LOOPBACK);
        for (var address : plan.fabric()) routerLinks.address(Rtnetlink.LOOPBACK, address, VethPair.single(address));
        VethPair.lay(routerLinks, INTERNET, INTERNET_INTERFACE, "eth0", internet);
        for (var address : plan.fabric()) VethPair.routeThrough(routerLinks, INTERNET, VethPair.everything(address), 0);
        routerLinks.commit();
        VethPair.terminate(internetLinks, Rtnetlink.LOOPBACK, plan.internet());
        internetLinks.commit();
        routerLinks.settle(INTERNET_INTERFACE);
    }

    private static String interfaceTo(NodeLink node) {
        return "node" + node.number();
    }

    @Override
    public void close() {
        routerLinks.close();
        internetLinks.close();
        router.close();
        internet.close();
    }
}
