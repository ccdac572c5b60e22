package dev.lockdown.cluster.embedded.wiring;

import dev.lockdown.cluster.embedded.kernel.Nftables;
import dev.lockdown.cluster.embedded.kernel.NftablesBatch;
import dev.lockdown.cluster.embedded.nft.Ruleset;
import dev.lockdown.cluster.embedded.nft.SetChanges;

/// The nftables rules of one node in its kernel: a few set elements go by netlink, everything else as a script.
public final class NodeRuleset implements Ruleset, AutoCloseable {
    private final Nftables scripts;
    private final NftablesBatch elements;

    private NodeRuleset(Nftables scripts, NftablesBatch elements) {
        this.scripts = scripts;
        this.elements = elements;
    }

    /// Open in the calling thread's namespace.
    ///
    /// @throws dev.lockdown.cluster.EnvironmentException if libnftables is not installed
    public static NodeRuleset open() {
        return new NodeRuleset(Nftables.open(), NftablesBatch.open());
    }

    @Override
    public void run(String script) {
        scripts.run(script);
    }

    @Override
    public synchronized boolean change(SetChanges changes) {
        elements.begin();
        for (var element : changes.elements()) {
            if (element.added()) elements.add(changes.table(), element.set(), element.key());
            else elements.delete(changes.table(), element.set(), element.key());
        }
        elements.commit();
        return true;
    }

    /// Let go of both sockets; the rules stay as long as their namespace. Repeatable.
    @Override
    public void close() {
        scripts.close();
        elements.close();
    }
}
