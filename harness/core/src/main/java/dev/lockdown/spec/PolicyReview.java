package dev.lockdown.spec;

import dev.lockdown.manifest.Resource;
import dev.lockdown.state.NetworkPolicy;
import org.jspecify.annotations.Nullable;

/// Looks at every policy that a feature brings in a file or a text, on its way into the cluster, and may change it. Called by several
/// threads.
public interface PolicyReview {
    /// Lets every policy pass.
    PolicyReview NONE = (written, _) -> written.policy();

    /// @param scenario `path:line`
    /// @return what is applied in its place, or null for nothing
    @Nullable NetworkPolicy review(Resource.OfPolicy written, String scenario);
}
