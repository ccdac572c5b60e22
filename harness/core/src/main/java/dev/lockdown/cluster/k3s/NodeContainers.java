package dev.lockdown.cluster.k3s;

import dev.lockdown.cluster.ClusterException;
import dev.lockdown.cluster.NodeRestarter;
import java.util.Optional;

/// Restarts the containers that the nodes are.
record NodeContainers(Engine engine) implements NodeRestarter {

    /// The server's API is reached by a port of the host that the engine chooses whenever its container starts.
    @Override
    public Optional<String> refusal(String node) {
        return node.equals(K3sDefinition.SERVER)
            ? Optional.of("%s is the server of k3s, whose API is at another port when its container has restarted; the other nodes can"
                .formatted(node))
            : Optional.empty();
    }

    @Override
    public void restart(String node) {
        try {
            engine.restart(node);
        } catch (EngineException e) {
            throw new ClusterException("the container of %s does not restart: %s".formatted(node, e.getMessage()), e);
        }
    }
}
