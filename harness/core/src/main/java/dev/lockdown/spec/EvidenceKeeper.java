package dev.lockdown.spec;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Keeps what a cluster told of itself when a scenario failed.
public interface EvidenceKeeper {
    /// Where nothing is kept.
    EvidenceKeeper NONE = (_, _) -> null;

    /// @param scenario its id
    /// @param files texts by the names of files
    /// @return the folder, as it is seen from that of the run; null where nothing was kept
    @Nullable String keep(String scenario, Map<String, String> files);
}
