package dev.lockdown.cluster.embedded.wiring;

import dev.lockdown.cluster.embedded.wiring.PodLink.Routed;
import dev.lockdown.cluster.embedded.kernel.NamespaceThread;
import dev.lockdown.cluster.embedded.kernel.Rtnetlink;
import dev.lockdown.flow.NamespacedName;

/// One node's namespace and the cables to its pods. All methods run on the namespace thread.
final class NodeWiring implements AutoCloseable {
    /// Interface indices of the near ends of cables start here.
    private static final int FIRST_INDEX = 100;
    private static final String POD_INTERFACE = "eth0";

    private final NamespaceThread thread;
    private final AddressPlan plan;
    private final Settings settings;
    private final NodeLink link;
    private final Rtnetlink links;
    private final Slots slots;

    private NodeWiring(NamespaceThread thread, AddressPlan plan, NodeLink link, Rtnetlink links) {
        this.thread = thread;
        this.plan = plan;
        settings = new Settings(plan.families());
        this.link = link;
        this.links = links;
        slots = new Slots(AddressPlan.PODS_PER_NODE, "pods on " + link.name());
    }

    /// Make the node's namespace, without any cable.
    static NodeWiring create(NamespaceThread thread, AddressPlan plan, String name, int number) {
        var namespace = thread.create();
        try {
            new Settings(plan.families()).ofNode();
            return new NodeWiring(thread, plan, new NodeLink(name, number, namespace, plan.node(number)), Rtnetlink.open());
        } catch (RuntimeException e) {
            namespace.close();
            throw e;
        }
    }

    NodeLink link() {
        return link;
    }

    /// Once the cable to the fabric is laid: bring it up.
    void join() {
        Cable.terminate(links, Rtnetlink.LOOPBACK, link.addresses());
        for (var family : plan.families()) {
            var block = plan.pods(family, link.number());
            Cable.sink(links, block.network(), block.prefixLength());
        }
        links.commit();
    }

    /// Make a pod's namespace and its cable.
    ///
    /// @param roving a socket with buffers to use again
    Routed addPod(NamespacedName name, Roving roving) {
        int number = slots.take();
        var namespace = thread.create();
        try {
            settings.ofPod();
            var pod = new Routed(name, link, namespace, plan.pod(link.number(), number), number, "pod" + number);
            Cable.lay(links, index(pod), pod.hostInterface(), POD_INTERFACE, namespace);
            connect(pod);
            roving.here(far -> Cable.terminate(far, Cable.FAR, pod.addresses()));
            links.settle(pod.hostInterface());
            return pod;
        } catch (RuntimeException e) {
            namespace.close();
            slots.giveBack(number);
            throw e;
        }
    }

    void removePod(Routed pod) {
        // The namespace lives on while a socket of the pod does; its addresses must not.
        links.delete(index(pod)).commit();
        pod.namespace().close();
        slots.giveBack(pod.number());
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
        Cable.routeTo(links, index(pod), pod.addresses());
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
