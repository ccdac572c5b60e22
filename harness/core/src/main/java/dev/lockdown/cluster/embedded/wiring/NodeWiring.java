package dev.lockdown.cluster.embedded.wiring;

import dev.lockdown.cluster.embedded.wiring.PodLink.Routed;
import dev.lockdown.cluster.embedded.kernel.NamespaceThread;
import dev.lockdown.cluster.embedded.kernel.Rtnetlink;
import dev.lockdown.flow.NamespacedName;

/// One node's namespace and the veth pairs to its pods. All methods run on the namespace thread.
final class NodeWiring implements AutoCloseable {
    /// Interface indices of the near ends of veth pairs start here.
    private static final int FIRST_INDEX = 100;
    private static final String POD_INTERFACE = "eth0";

    private final NamespaceThread thread;
    private final AddressPlan plan;
    private final Sysctls settings;
    private final NodeLink link;
    private final Rtnetlink links;
    private final IndexAllocator indices;

    private NodeWiring(NamespaceThread thread, AddressPlan plan, NodeLink link, Rtnetlink links) {
        this.thread = thread;
        this.plan = plan;
        settings = new Sysctls(plan.families());
        this.link = link;
        this.links = links;
        indices = new IndexAllocator(AddressPlan.PODS_PER_NODE, "pods on " + link.name());
    }

    /// Make the node's namespace, without any veth pair.
    static NodeWiring create(NamespaceThread thread, AddressPlan plan, String name, int number) {
        var namespace = thread.create();
        try {
            new Sysctls(plan.families()).ofNode();
            return new NodeWiring(thread, plan, new NodeLink(name, number, namespace, plan.node(number)), Rtnetlink.open());
        } catch (RuntimeException e) {
            namespace.close();
            throw e;
        }
    }

    NodeLink link() {
        return link;
    }

    /// Once the veth pair to the fabric is laid: bring it up.
    void join() {
        VethPair.terminate(links, Rtnetlink.LOOPBACK, link.addresses());
        for (var family : plan.families()) {
            var block = plan.pods(family, link.number());
            VethPair.sink(links, block.network(), block.prefixLength());
        }
        links.commit();
    }

    /// Make a pod's namespace and its veth pair.
    ///
    /// @param netlink a socket with buffers to use again
    Routed addPod(NamespacedName name, SharedNetlinkSocket netlink) {
        int number = indices.take();
        var namespace = thread.create();
        try {
            settings.ofPod();
            var pod = new Routed(name, link, namespace, plan.pod(link.number(), number), number, "pod" + number);
            VethPair.lay(links, index(pod), pod.hostInterface(), POD_INTERFACE, namespace);
            connect(pod);
            netlink.here(far -> VethPair.terminate(far, VethPair.FAR, pod.addresses()));
            links.settle(pod.hostInterface());
            return pod;
        } catch (RuntimeException e) {
            namespace.close();
            indices.giveBack(number);
            throw e;
        }
    }

    void removePod(Routed pod) {
        // The namespace lives on while a socket of the pod does; its addresses must not.
        links.delete(index(pod)).commit();
        pod.namespace().close();
        indices.giveBack(pod.number());
    }

    void linkDown(Routed pod) {
        links.down(index(pod)).commit();
    }

    void linkUp(Routed pod) {
        // The kernel has dropped its routes and neighbours when it went down.
        links.up(index(pod));
        connect(pod);
        links.settle(pod.hostInterface());
        thread.in(pod.namespace(), () -> {
            try (var far = Rtnetlink.open()) {
                far.settle(POD_INTERFACE);
            }
        });
    }

    private void connect(Routed pod) {
        VethPair.routeTo(links, index(pod), pod.addresses());
        links.commit();
    }

    private static int index(Routed pod) {
        return FIRST_INDEX + pod.number();
    }

    @Override
    public void close() {
        links.close();
        link.namespace().close();
    }
}
