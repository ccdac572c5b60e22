package dev.lockdown.cluster.kubernetes.healing;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;

/// One step of taking a disruption back, on the objects of the API.
public sealed interface Repair {
    HasMetadata object();

    /// Make an object that was there before, unless it is there.
    record Restore(HasMetadata object) implements Repair {}

    /// Make an object again what it was, whether or not it is there.
    record Replace(GenericKubernetesResource object) implements Repair {}

    /// Delete an object that was not there before.
    ///
    /// @param object of which kind, namespace and name count
    record Remove(HasMetadata object) implements Repair {}

    /// Give an object the labels that it had.
    ///
    /// @param object with these labels
    /// @param without the labels that it did not have
    record Relabel(HasMetadata object, List<String> without) implements Repair {
        public Relabel {
            without = List.copyOf(without);
        }
    }
}
