package dev.lockdown.cluster.embedded.wiring;

import dev.lockdown.cluster.embedded.kernel.Rtnetlink;
import java.util.function.Consumer;

/// Makes links in one namespace after another with the buffers of a single socket.
final class SharedNetlinkSocket implements AutoCloseable {
    private Rtnetlink links = Rtnetlink.open();

    /// Ask for changes in the calling thread's namespace and make them.
    void here(Consumer<Rtnetlink> changes) {
        links = links.reopen();
        changes.accept(links);
        links.commit();
    }

    @Override
    public void close() {
        links.close();
    }
}
