package dev.lockdown.conformance;

import java.util.List;

/// All generated features. The same each time.
///
/// ```java
/// for (var feature : Generated.features()) Files.writeString(folder.resolve(feature.file()), feature.text());
/// ```
public final class Generated {
    /// Where they are kept, below the clone's folder of features.
    public static final String FOLDER = "conformance/generated";

    private Generated() {}

    public static List<GeneratedFeature> features() {
        return List.of(Targets.feature(), Peers.of(Way.INGRESS), Peers.of(Way.EGRESS), PortLists.of(Way.INGRESS), PortLists.of(Way.EGRESS),
            Conflicts.feature());
    }
}
